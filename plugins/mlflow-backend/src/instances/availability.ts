import { V1Ingress, V1Namespace } from '@kubernetes/client-node';
import { instanceNames } from 'backstage-plugin-mlflow-common';
import { Platform } from '../platform/Platform';
import { InstanceRecord } from './InstanceRecord';

/** What of a platform is asked whether something is free. */
export interface AvailabilityPlatform {
  records: Pick<Platform['records'], 'get' | 'list'>;
  kubernetes: Pick<Platform['kubernetes'], 'get' | 'list'>;
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
  const { namespace } = instanceNames(name);
  const [record, found] = await Promise.all([
    platform.records.get(name, signal),
    platform.kubernetes.get<V1Namespace>(
      { apiVersion: 'v1', kind: 'Namespace', name: namespace },
      signal,
    ),
  ]);
  if (record) {
    return { kind: 'instance', record };
  }
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
  const [{ records }, ingresses] = await Promise.all([
    platform.records.list(signal),
    platform.kubernetes.list<V1Ingress>(
      { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress' },
      signal,
    ),
  ]);
  const record = records.find(({ spec }) => spec.host === host);
  if (record) {
    return { kind: 'instance', record };
  }
  const served = ingresses.items.some(({ spec }) =>
    spec?.rules?.some(rule => rule.host?.toLocaleLowerCase('en-US') === host),
  );
  return served ? { kind: 'foreign', object: 'an Ingress' } : undefined;
}
