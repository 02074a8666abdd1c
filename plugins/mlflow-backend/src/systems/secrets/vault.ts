import { V1Secret } from '@kubernetes/client-node';
import { ConflictError } from '@backstage/errors';
import { VaultConfig } from '../../platform/secretsConfig';
import { ForeignObjectError } from '../ForeignObjectError';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { markOf } from '../kubernetes/marks';
import { settled } from '../settled';
import { VaultClient, VaultEntry } from '../vault/VaultClient';
import { KubernetesSecretStore } from './kubernetes';
import { assertOurs, mapValues, secretKey, valuesOf } from './kubernetesSecret';
import { SecretOwner, SecretStore, SecretValues } from './SecretStore';
import { Parcel, VaultDelivery } from './VaultDelivery';
import {
  adopt,
  foreignOwnerOf,
  fromDocument,
  metadataOf,
  ofParts,
  toDocument,
  VaultDocument,
  withoutPart,
  withValues,
} from './vaultDocument';

/** Writers that meet at one path take turns; more than a few never meet. */
const ATTEMPTS = 5;

/** A secret in both places. */
interface Held {
  entry?: VaultEntry;
  secret?: V1Secret;
}

/**
 * Keeps secrets in Vault, each at `<prefix>/<namespace>/<name>`; External Secrets
 * makes the Secret of that name, which pods use, from it. A value counts as held
 * once it is in both. Secrets that the other provider wrote are taken over with
 * their values.
 */
export class VaultSecretStore implements SecretStore {
  readonly system = 'Vault';
  readonly #prefix: string;
  readonly #vault: VaultClient;
  readonly #kubernetes: KubernetesClient;
  readonly #delivery: VaultDelivery;
  readonly #before: KubernetesSecretStore;

  /**
   * @param options - `ca`: PEM text of the CA of Vault, where that is none of the
   * public ones; `timeoutMs`: how long a Secret may take
   */
  constructor(options: {
    config: VaultConfig;
    vault: VaultClient;
    kubernetes: KubernetesClient;
    ca?: string;
    timeoutMs?: number;
  }) {
    const { config, vault, kubernetes } = options;
    this.#prefix = config.prefix;
    this.#vault = vault;
    this.#kubernetes = kubernetes;
    this.#delivery = new VaultDelivery(kubernetes, config, options);
    this.#before = new KubernetesSecretStore(kubernetes);
  }

  async read(instance: SecretOwner, name: string, signal?: AbortSignal) {
    const { entry, secret } = await this.#own(instance, name, signal);
    const values = ofParts(toDocument(entry));
    const delivered = valuesOf(secret);
    const held = Object.entries(values).filter(
      ([key, value]) => delivered[key] === value,
    );
    return held.length > 0 ? Object.fromEntries(held) : undefined;
  }

  async write(
    instance: SecretOwner,
    name: string,
    part: string,
    values: SecretValues,
    signal?: AbortSignal,
  ) {
    await this.#change(
      instance,
      name,
      held => withValues(held, part, values),
      signal,
    );
  }

  async fill(
    instance: SecretOwner,
    name: string,
    part: string,
    makers: Record<string, () => string>,
    signal?: AbortSignal,
  ) {
    const { values } = await this.#change(
      instance,
      name,
      held =>
        Object.keys(makers).every(key => ofParts(held)[key])
          ? held
          : withValues(
              held,
              part,
              mapValues(makers, (make, key) => held.values[key] || make()),
            ),
      signal,
    );
    return mapValues(makers, (_make, key) => values[key]);
  }

  async remove(
    instance: SecretOwner,
    name: string,
    part: string,
    signal?: AbortSignal,
  ) {
    const { entry, secret } = await this.#read(instance, name, signal);
    if (
      (entry && foreignOwnerOf(entry, instance)) ||
      (secret && markOf(secret) !== instance.mark)
    ) {
      return 'kept';
    }
    if (!entry) {
      return this.#before.remove(instance, name, part, signal);
    }
    const held = toDocument(entry);
    const rest = withoutPart(held, part);
    const values = ofParts(rest);
    const keys = Object.keys(held.values).filter(key => !(key in rest.values));
    if (Object.keys(values).length === 0) {
      // The path goes last: as long as it is there, a second run finds the rest.
      await this.#delivery.withdraw(instance, name, secret, signal);
      await this.#vault.destroy(this.#path(instance, name), signal);
      return 'removed';
    }
    if (keys.length === 0) {
      return 'absent';
    }
    await this.#deliver(instance, name, values, signal, { part, keys });
    await this.#put(instance, name, entry, rest, signal);
    return 'removed';
  }

  /**
   * Proves that the portal may write to Vault, and that the cluster has External
   * Secrets.
   *
   * @throws with what is missing, and what to do
   */
  async check(namespace: string, signal: AbortSignal): Promise<void> {
    await settled([
      this.#vault.check(signal),
      this.#delivery.check(namespace, signal),
    ]);
  }

  close(): Promise<void> {
    return this.#vault.close();
  }

  /** Values first, then what asks for them; a second run changes nothing. */
  async #change(
    instance: SecretOwner,
    name: string,
    change: (held: VaultDocument) => VaultDocument,
    signal?: AbortSignal,
  ): Promise<VaultDocument> {
    for (let attempt = 1; ; attempt++) {
      const { entry, secret } = await this.#own(instance, name, signal);
      const held = entry?.values ? toDocument(entry) : adopt(secret);
      const next = change(held);
      try {
        const isWritten = Boolean(entry?.values) && isSame(held, next);
        if (!isWritten) {
          await this.#put(instance, name, entry, next, signal);
        }
        const values = ofParts(next);
        if (!isWritten || !holdsAll(secret, values)) {
          await this.#deliver(instance, name, values, signal);
        }
        return next;
      } catch (error) {
        if (
          !(error instanceof ConflictError) ||
          error instanceof ForeignObjectError ||
          attempt >= ATTEMPTS
        ) {
          throw error;
        }
      }
    }
  }

  async #put(
    instance: SecretOwner,
    name: string,
    entry: VaultEntry | undefined,
    document: VaultDocument,
    signal?: AbortSignal,
  ) {
    const path = this.#path(instance, name);
    if (!entry) {
      await this.#vault.describe(path, metadataOf(instance), signal);
    }
    await this.#vault.write(
      path,
      fromDocument(document, instance.mark),
      entry?.version ?? 0,
      signal,
    );
  }

  #deliver(
    instance: SecretOwner,
    name: string,
    values: SecretValues,
    signal?: AbortSignal,
    dropped?: Parcel['dropped'],
  ): Promise<void> {
    const path = this.#path(instance, name);
    return this.#delivery.deliver(
      instance,
      { name, path, values, dropped },
      signal,
    );
  }

  /** @throws ForeignObjectError when path or Secret is not the instance's */
  async #own(
    instance: SecretOwner,
    name: string,
    signal?: AbortSignal,
  ): Promise<Held> {
    const { entry, secret } = await this.#read(instance, name, signal);
    const owner = entry && foreignOwnerOf(entry, instance);
    if (owner) {
      const path = this.#vault.name(this.#path(instance, name));
      throw new ForeignObjectError(
        `Vault: ${path} is not this instance's (${owner}). Have its owner remove it, then run it again.`,
        owner,
      );
    }
    if (secret) {
      assertOurs(instance, name, secret);
    }
    return { entry, secret };
  }

  async #read(
    instance: SecretOwner,
    name: string,
    signal?: AbortSignal,
  ): Promise<Held> {
    const [entry, secret] = await settled([
      this.#vault.read(this.#path(instance, name), signal),
      this.#kubernetes.get<V1Secret>(secretKey(instance, name), signal),
    ]);
    return { entry, secret };
  }

  #path({ names }: SecretOwner, name: string): string {
    return `${this.#prefix}/${names.namespace}/${name}`;
  }
}

function holdsAll(secret: V1Secret | undefined, values: SecretValues): boolean {
  const held = valuesOf(secret);
  return Object.entries(values).every(([key, value]) => held[key] === value);
}

function isSame(one: VaultDocument, other: VaultDocument): boolean {
  const sorted = ({ values, parts }: VaultDocument) =>
    JSON.stringify([
      Object.entries(values).sort(),
      Object.entries(parts).sort(),
    ]);
  return sorted(one) === sorted(other);
}
