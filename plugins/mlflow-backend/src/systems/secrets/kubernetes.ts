import { V1Secret } from '@kubernetes/client-node';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { markOf } from '../kubernetes/marks';
import {
  assertOurs,
  fieldManager,
  manifest,
  mapValues,
  secretKey,
  valuesOf,
} from './kubernetesSecret';
import { managedKeys } from './managedKeys';
import { SecretStore, SecretValues, SecretOwner } from './SecretStore';

/**
 * Keeps secrets as Kubernetes Secrets in the instance's own namespace, written
 * by server-side apply under one field manager a part.
 */
export class KubernetesSecretStore implements SecretStore {
  readonly system = 'Kubernetes';
  readonly #kubernetes: Pick<KubernetesClient, 'get' | 'apply' | 'delete'>;

  constructor(kubernetes: Pick<KubernetesClient, 'get' | 'apply' | 'delete'>) {
    this.#kubernetes = kubernetes;
  }

  async read(instance: SecretOwner, name: string, signal?: AbortSignal) {
    const secret = await this.#own(instance, name, signal);
    return secret && valuesOf(secret);
  }

  async write(
    instance: SecretOwner,
    name: string,
    part: string,
    values: SecretValues,
    signal?: AbortSignal,
  ) {
    const existing = await this.#own(instance, name, signal);
    await this.#write(instance, name, part, existing, values, signal);
  }

  async fill(
    instance: SecretOwner,
    name: string,
    part: string,
    makers: Record<string, () => string>,
    signal?: AbortSignal,
  ) {
    const existing = await this.#own(instance, name, signal);
    const held = valuesOf(existing);
    const values = mapValues(makers, (make, key) => held[key] || make());
    if (!Object.keys(makers).every(key => held[key])) {
      await this.#write(instance, name, part, existing, values, signal);
    }
    return values;
  }

  async remove(
    instance: SecretOwner,
    name: string,
    part: string,
    signal?: AbortSignal,
  ) {
    const existing = await this.#get(instance, name, signal);
    if (!existing) {
      return 'absent';
    }
    if (markOf(existing) !== instance.mark) {
      return 'kept';
    }
    const mine = managedKeys(
      existing.metadata?.managedFields,
      fieldManager(part),
    );
    const others = Object.keys(existing.data ?? {}).filter(
      key => !mine.includes(key),
    );
    if (others.length === 0) {
      return this.#kubernetes.delete(secretKey(instance, name), {
        uid: existing.metadata?.uid,
        signal,
      });
    }
    if (mine.length === 0) {
      return 'absent';
    }
    await this.#kubernetes.apply(manifest(instance, name, {}), {
      fieldManager: fieldManager(part),
      signal,
    });
    return 'removed';
  }

  /** Its rights are among those that the platform's check asks for. */
  async check() {}

  async close() {}

  async #write(
    instance: SecretOwner,
    name: string,
    part: string,
    existing: V1Secret | undefined,
    values: SecretValues,
    signal?: AbortSignal,
  ) {
    // An apply drops the keys that its manager applied before and now omits.
    const held = valuesOf(existing);
    const mine = managedKeys(
      existing?.metadata?.managedFields,
      fieldManager(part),
    );
    const kept = Object.fromEntries(
      mine.filter(key => key in held).map(key => [key, held[key]]),
    );
    await this.#kubernetes.apply(
      manifest(instance, name, { ...kept, ...values }),
      {
        fieldManager: fieldManager(part),
        signal,
      },
    );
  }

  /** @throws ConflictError when a secret of that name is not the instance's */
  async #own(instance: SecretOwner, name: string, signal?: AbortSignal) {
    const found = await this.#get(instance, name, signal);
    if (found) {
      assertOurs(instance, name, found);
    }
    return found;
  }

  #get(instance: SecretOwner, name: string, signal?: AbortSignal) {
    return this.#kubernetes.get<V1Secret>(secretKey(instance, name), signal);
  }
}
