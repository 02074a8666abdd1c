import { V1Ingress, V1Namespace } from '@kubernetes/client-node';
import { instanceNames } from 'backstage-plugin-mlflow-common';
import { Platform } from '../platform/Platform';
import { InstanceRecord } from './InstanceRecord';

/** What of a platform is asked whether something is free. */
export interface AvailabilityPlatform {
  records: Pick<Platform['records'], 'get' | 'list'>;
  kubernetes: Pick<Platform['kubernetes'], 'get' | 'list'>;
  /** In place of a list of the cluster's Ingresses; see {@link readServedHosts}. */
  servedHosts?(): Promise<ReadonlySet<string>>;
}

/** Who has a name or host: an instance, or something that is none of ours. */
export type Holder =
  | { kind: 'instance'; record: InstanceRecord }
  | { kind: 'foreign'; object: string };

/**
 * Who has the name, or the namespace that follows from it; undefined when
 * nobody has.
 */
export async function holderOfName(
  platform: AvailabilityPlatform,
  name: string,
  signal?: AbortSignal,
): Promise<Holder | undefined> {
  const record = await platform.records.get(name, signal);
  if (record) {
    return { kind: 'instance', record };
  }
  const { namespace } = instanceNames(name);
  const found = await platform.kubernetes.get<V1Namespace>(
    { apiVersion: 'v1', kind: 'Namespace', name: namespace },
    signal,
  );
  return found && { kind: 'foreign', object: `namespace ${namespace}` };
}

/**
 * Who is served under the host: an instance by its record, or any Ingress of
 * the cluster; undefined when nobody is.
 */
export async function holderOfHost(
  platform: AvailabilityPlatform,
  host: string,
  signal?: AbortSignal,
): Promise<Holder | undefined> {
  const { records } = await platform.records.list(signal);
  const record = records.find(({ spec }) => spec.host === host);
  if (record) {
    return { kind: 'instance', record };
  }
  const served = await (platform.servedHosts?.() ??
    readServedHosts(platform.kubernetes, signal));
  const rule = servedBy(served, host);
  return rule === undefined
    ? undefined
    : { kind: 'foreign', object: `an Ingress of ${rule}` };
}

/** What serves a host: its own rule, or that of a wildcard for its last label. */
function servedBy(
  served: ReadonlySet<string>,
  host: string,
): string | undefined {
  const wildcard = host.replace(/^[^.]+/, '*');
  return [host, wildcard].find(rule => served.has(rule));
}

/** Every host of an Ingress of the cluster, in small letters. */
export async function readServedHosts(
  kubernetes: AvailabilityPlatform['kubernetes'],
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const ingresses = await kubernetes.list<V1Ingress>(
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
    signal,
  );
  return new Set(
    ingresses.items
      .flatMap(({ spec }) => spec?.rules ?? [])
      .flatMap(({ host }) => (host ? [host.toLocaleLowerCase('en-US')] : [])),
  );
}
