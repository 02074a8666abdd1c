import { V1Secret } from '@kubernetes/client-node';
import { ConflictError } from '@backstage/errors';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { managedKeys } from './managedKeys';
import { SecretOwner, SecretStore, SecretValues } from './SecretStore';

/** Annotation that says to which instance an object belongs. */
const MARK_ANNOTATION = 'mlflow.org/mark';

/**
 * Keeps secrets as Kubernetes Secrets in the instance's own namespace, written
 * by server-side apply under one field manager a part.
 */
export class KubernetesSecretStore implements SecretStore {
  readonly #kubernetes: Pick<KubernetesClient, 'get' | 'apply' | 'delete'>;

  constructor(kubernetes: Pick<KubernetesClient, 'get' | 'apply' | 'delete'>) {
    this.#kubernetes = kubernetes;
  }

  async read(owner: SecretOwner, name: string, signal?: AbortSignal) {
    const secret = await this.#get(owner, name, signal);
    return secret && decode(secret.data ?? {});
  }

  async write(
    owner: SecretOwner,
    name: string,
    part: string,
    values: SecretValues,
    signal?: AbortSignal,
  ) {
    const existing = await this.#get(owner, name, signal);
    await this.#write(owner, name, part, existing, values, signal);
  }

  async fill(
    owner: SecretOwner,
    name: string,
    part: string,
    makers: Record<string, () => string>,
    signal?: AbortSignal,
  ) {
    const existing = await this.#get(owner, name, signal);
    const held = decode(existing?.data ?? {});
    const values = mapValues(makers, (make, key) => held[key] || make());
    if (!Object.keys(makers).every(key => held[key])) {
      await this.#write(owner, name, part, existing, values, signal);
    }
    return values;
  }

  async remove(
    owner: SecretOwner,
    name: string,
    part: string,
    signal?: AbortSignal,
  ) {
    const existing = await this.#get(owner, name, signal);
    if (!existing) {
      return 'absent';
    }
    assertOurs(owner, name, existing);
    const mine = managedKeys(
      existing.metadata?.managedFields,
      fieldManager(part),
    );
    const others = Object.keys(existing.data ?? {}).filter(
      key => !mine.includes(key),
    );
    if (others.length === 0) {
      return this.#kubernetes.delete(secretKey(owner, name), {
        uid: existing.metadata?.uid,
        signal,
      });
    }
    if (mine.length === 0) {
      return 'absent';
    }
    await this.#kubernetes.apply(manifest(owner, name, {}), {
      fieldManager: fieldManager(part),
      signal,
    });
    return 'removed';
  }

  async #write(
    owner: SecretOwner,
    name: string,
    part: string,
    existing: V1Secret | undefined,
    values: SecretValues,
    signal?: AbortSignal,
  ) {
    if (existing) {
      assertOurs(owner, name, existing);
    }
    // An apply drops the keys that its manager applied before and now omits.
    const held = decode(existing?.data ?? {});
    const mine = managedKeys(
      existing?.metadata?.managedFields,
      fieldManager(part),
    );
    const kept = Object.fromEntries(
      mine.filter(key => key in held).map(key => [key, held[key]]),
    );
    await this.#kubernetes.apply(
      manifest(owner, name, { ...kept, ...values }),
      {
        fieldManager: fieldManager(part),
        signal,
      },
    );
  }

  #get(owner: SecretOwner, name: string, signal?: AbortSignal) {
    return this.#kubernetes.get<V1Secret>(secretKey(owner, name), signal);
  }
}

function fieldManager(part: string): string {
  return `backstage-mlflow-${part}`;
}

function secretKey(owner: SecretOwner, name: string) {
  const { namespace } = owner.names;
  return { apiVersion: 'v1', kind: 'Secret', name, namespace };
}

function manifest(
  owner: SecretOwner,
  name: string,
  values: SecretValues,
): V1Secret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace: owner.names.namespace,
      labels: {
        'app.kubernetes.io/managed-by': 'backstage-mlflow',
        'mlflow.org/instance': owner.spec.name,
      },
      annotations: { [MARK_ANNOTATION]: owner.mark },
    },
    type: 'Opaque',
    data: mapValues(values, value => Buffer.from(value).toString('base64')),
  };
}

function decode(data: Record<string, string>): SecretValues {
  return mapValues(data, value => Buffer.from(value, 'base64').toString());
}

function assertOurs(owner: SecretOwner, name: string, secret: V1Secret) {
  const mark = secret.metadata?.annotations?.[MARK_ANNOTATION];
  if (mark !== owner.mark) {
    throw new ConflictError(
      `Kubernetes: Secret ${owner.names.namespace}/${name} belongs to ${
        mark ?? 'nobody known'
      }, not to this instance. Have its owner remove it, or choose another name.`,
    );
  }
}

function mapValues<From, To>(
  values: Record<string, From>,
  map: (value: From, key: string) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, map(value, key)]),
  );
}
