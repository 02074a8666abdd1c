import { V1Lease, V1MicroTime } from '@kubernetes/client-node';
import { ConflictError } from '@backstage/errors';
import {
  INSTANCE_LABEL,
  MANAGED_BY_LABEL,
  MANAGER,
} from '../systems/kubernetes/labels';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';

/** Who writes to an instance at a moment, as the cluster knows it. */
export interface LeaseState {
  holder: string;
  /** Changes with each renewal. */
  version: string;
  /** By the holder's clock, in ms since the epoch. */
  renewedAt: number;
}

/** Keeps the Leases beside the records; there is one while somebody holds it. */
export class LeaseStore {
  readonly #kubernetes: Pick<
    KubernetesClient,
    'get' | 'create' | 'replace' | 'delete'
  >;
  readonly #namespace: string;
  readonly #seconds: number;

  /** @param seconds - how long a Lease counts that is not renewed */
  constructor(
    kubernetes: Pick<KubernetesClient, 'get' | 'create' | 'replace' | 'delete'>,
    namespace: string,
    seconds: number,
  ) {
    this.#kubernetes = kubernetes;
    this.#namespace = namespace;
    this.#seconds = seconds;
  }

  async read(
    name: string,
    signal?: AbortSignal,
  ): Promise<LeaseState | undefined> {
    const found = await this.#kubernetes.get<V1Lease>(this.#key(name), signal);
    return found && toState(found);
  }

  /**
   * Writes the holder and the moment, if the Lease is still as it was seen.
   *
   * @param seen - undefined when there was none
   * @returns the Lease as it is now, or undefined when somebody else was faster
   */
  async write(
    name: string,
    holder: string,
    seen: LeaseState | undefined,
    signal?: AbortSignal,
  ): Promise<LeaseState | undefined> {
    const now = new V1MicroTime();
    const lease: V1Lease = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: {
        name: leaseName(name),
        namespace: this.#namespace,
        resourceVersion: seen?.version,
        labels: { [MANAGED_BY_LABEL]: MANAGER, [INSTANCE_LABEL]: name },
      },
      spec: {
        holderIdentity: holder,
        leaseDurationSeconds: this.#seconds,
        renewTime: now,
      },
    };
    try {
      return toState(
        seen
          ? await this.#kubernetes.replace<V1Lease>(lease, signal)
          : await this.#kubernetes.create<V1Lease>(lease, signal),
      );
    } catch (error) {
      if (error instanceof ConflictError) {
        return undefined;
      }
      throw error;
    }
  }

  /**
   * @param seen - the Lease is removed only as it was seen
   * @throws ConflictError when somebody has written it since
   */
  async remove(
    name: string,
    seen: LeaseState,
    signal?: AbortSignal,
  ): Promise<void> {
    await this.#kubernetes.delete(this.#key(name), {
      resourceVersion: seen.version,
      signal,
    });
  }

  #key(name: string) {
    return {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      name: leaseName(name),
      namespace: this.#namespace,
    };
  }
}

function leaseName(instance: string): string {
  return `instance-${instance}`;
}

function toState({ metadata, spec }: V1Lease): LeaseState {
  return {
    holder: spec?.holderIdentity ?? '',
    version: metadata?.resourceVersion ?? '',
    // The library's type says Date; it gives the text that it got.
    renewedAt: spec?.renewTime ? new Date(spec.renewTime).getTime() : 0,
  };
}
