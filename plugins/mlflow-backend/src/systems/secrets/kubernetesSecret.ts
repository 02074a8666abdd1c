import { V1Secret } from '@kubernetes/client-node';
import { ForeignObjectError } from '../ForeignObjectError';
import { foreignOwner, markedMetadata, markOf } from '../kubernetes/marks';
import { SecretOwner, SecretValues } from './SecretStore';

const MANAGER = 'backstage-mlflow-';

/** Field manager of server-side apply under which a part's keys stand. */
export function fieldManager(part: string): string {
  return `${MANAGER}${part}`;
}

/** The parts that applied something to a Secret. */
export function partsOf(secret: V1Secret): string[] {
  return (secret.metadata?.managedFields ?? [])
    .map(({ manager }) => manager ?? '')
    .filter(manager => manager.startsWith(MANAGER))
    .map(manager => manager.slice(MANAGER.length));
}

/** Kind and name of an instance's Secret. */
export function secretKey(instance: SecretOwner, name: string) {
  const { namespace } = instance.names;
  return { apiVersion: 'v1', kind: 'Secret', name, namespace };
}

/** A Secret of the instance with these values. */
export function manifest(
  instance: SecretOwner,
  name: string,
  values: SecretValues,
): V1Secret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: markedMetadata(instance, name, instance.names.namespace),
    type: 'Opaque',
    data: mapValues(values, value => Buffer.from(value).toString('base64')),
  };
}

/** The values of a Secret in clear. */
export function valuesOf(secret: V1Secret | undefined): SecretValues {
  return mapValues(secret?.data ?? {}, value =>
    Buffer.from(value, 'base64').toString(),
  );
}

/** @throws ForeignObjectError when the Secret does not bear the instance's mark */
export function assertOurs(
  instance: SecretOwner,
  name: string,
  secret: V1Secret,
): void {
  if (markOf(secret) !== instance.mark) {
    const owner = foreignOwner(secret);
    throw new ForeignObjectError(
      `Kubernetes: Secret ${instance.names.namespace}/${name} is not this instance's (${owner}). Have its owner remove it, then run it again.`,
      owner,
    );
  }
}

/** The same keys with other values. */
export function mapValues<From, To>(
  values: Record<string, From>,
  map: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, map(value, key)]),
  );
}
