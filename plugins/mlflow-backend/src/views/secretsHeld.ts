import { V1ObjectMeta } from '@kubernetes/client-node';
import { Holdings } from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { keysOf } from '../systems/secrets/managedKeys';
import { isoTime } from './isoTime';
import { requireOwnNamespace } from './ownNamespace';

const MOST = 100;

/**
 * Reads names, keys and age of the Secrets in an instance's namespace. The API
 * server is asked for their metadata alone, so that no value comes as far as the
 * portal. Helm's own, which hold its releases, are left out.
 */
export async function readSecretsHeld(
  kubernetes: KubernetesClient,
  instance: Instance,
  signal: AbortSignal,
): Promise<Holdings['secrets']> {
  await requireOwnNamespace(kubernetes, instance, signal);
  const secrets = await kubernetes.listMetadata(
    {
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: instance.names.namespace,
      labelSelector: 'owner!=helm',
      limit: MOST,
    },
    signal,
  );
  return { items: secrets.map(secretHeld) };
}

/** Keys stand in the metadata as the fields that somebody wrote. */
export function secretHeld(metadata: V1ObjectMeta) {
  const { name = '', managedFields = [], creationTimestamp } = metadata;
  const changes = managedFields
    .map(({ time }) => isoTime(time))
    .filter(time => time !== undefined)
    .sort();
  const changedAt = changes.at(-1) ?? isoTime(creationTimestamp);
  return {
    name,
    keys: keysOf(managedFields).sort(),
    ...(changedAt && { changedAt }),
  };
}
