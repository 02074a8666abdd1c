import { InstanceSource } from '../watch/ObservedInstance';
import {
  AvailabilityPlatform,
  readServedHosts,
} from '../instances/availability';

/** How long the hosts of a cluster's Ingresses are taken as known. */
const HOSTS_MS = 10_000;

type Hosts = Promise<ReadonlySet<string>>;

/**
 * Answers while somebody types, without a burden on the cluster: records come
 * from the watch while it works, and the Ingresses are listed once in ten
 * seconds. The claim asks exactly.
 */
export class QuickAvailability {
  readonly #hosts = new WeakMap<
    AvailabilityPlatform['kubernetes'],
    { hosts: Hosts; until: number }
  >();

  /** The platform as it is asked here. */
  of(
    platform: AvailabilityPlatform,
    source: InstanceSource | undefined,
  ): AvailabilityPlatform {
    const { kubernetes } = platform;
    return {
      kubernetes,
      records: recordsOf(platform, source),
      servedHosts: () => this.#servedHosts(kubernetes),
    };
  }

  #servedHosts(kubernetes: AvailabilityPlatform['kubernetes']): Hosts {
    const known = this.#hosts.get(kubernetes);
    if (known && Date.now() < known.until) {
      return known.hosts;
    }
    const hosts = readServedHosts(kubernetes);
    this.#hosts.set(kubernetes, { hosts, until: Date.now() + HOSTS_MS });
    hosts.catch(() => this.#hosts.delete(kubernetes));
    return hosts;
  }
}

/** An unreadable record is nobody's to give away: the cluster is asked for it. */
function recordsOf(
  { records }: AvailabilityPlatform,
  source: InstanceSource | undefined,
): AvailabilityPlatform['records'] {
  const { complete, error } = source?.freshness() ?? { complete: false };
  if (!source || !complete || error || source.unreadable().length > 0) {
    return records;
  }
  return {
    get: async name => source.get(name)?.record,
    list: async () => ({
      records: source.list().map(({ record }) => record),
      errors: [],
    }),
  };
}
