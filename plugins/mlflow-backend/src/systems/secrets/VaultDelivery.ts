import { V1Secret } from '@kubernetes/client-node';
import { NotFoundError } from '@backstage/errors';
import { VaultConfig } from '../../platform/secretsConfig';
import { ForeignObjectError } from '../ForeignObjectError';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { foreignOwner, markOf } from '../kubernetes/marks';
import {
  accountManifest,
  ExternalSecretsKey,
  ExternalSecretsObject,
  externalSecretKey,
  externalSecretManifest,
  isReady,
  pathOf,
  requestedAt,
  selectionOf,
  storeKey,
  storeManifest,
} from './externalSecret';
import {
  fieldManager,
  manifest,
  secretKey,
  valuesOf,
} from './kubernetesSecret';
import { managedKeys } from './managedKeys';
import { SecretOwner, SecretValues } from './SecretStore';
import { undeliveredError } from './undelivered';

/** A Secret that has not got its values by then will not without help. */
const DELIVERY_MS = 60_000;

/** A watch that says nothing for so long may have missed something. */
const LOOK_AGAIN_MS = 5_000;

/** A path of Vault, and what the Secret made of it shall hold. */
export interface Parcel {
  name: string;
  /** Behind the mount. */
  path: string;
  values: SecretValues;
  /** Keys that it must not hold any more, and the part that wrote them. */
  dropped?: { part: string; keys: string[] };
}

/** Brings values from Vault into Secrets, by External Secrets. */
export class VaultDelivery {
  readonly #kubernetes: KubernetesClient;
  readonly #vault: VaultConfig;
  readonly #ca: string | undefined;
  readonly #timeoutMs: number;

  /**
   * @param options - `ca`: PEM text of the CA of Vault, where that is none of the
   * public ones; `timeoutMs`: how long a Secret may take, a minute by default
   */
  constructor(
    kubernetes: KubernetesClient,
    vault: VaultConfig,
    options: { ca?: string; timeoutMs?: number } = {},
  ) {
    this.#kubernetes = kubernetes;
    this.#vault = vault;
    this.#ca = options.ca;
    this.#timeoutMs = options.timeoutMs ?? DELIVERY_MS;
  }

  /**
   * Ends when the Secret holds the values.
   *
   * @throws ServiceUnavailableError when it does not in time
   */
  async deliver(
    instance: SecretOwner,
    parcel: Parcel,
    signal?: AbortSignal,
  ): Promise<void> {
    const deadline = AbortSignal.timeout(this.#timeoutMs);
    const bounded = signal ? AbortSignal.any([signal, deadline]) : deadline;
    try {
      await this.#ensureStore(instance, bounded);
      await this.#request(instance, parcel, bounded);
      await this.#until(
        externalSecretKey(instance, parcel.name),
        async found => isReady(found) && this.#holds(instance, parcel, bounded),
        bounded,
      );
    } catch (error) {
      signal?.throwIfAborted();
      throw deadline.aborted
        ? await undeliveredError(this.#kubernetes, this.#vault, {
            instance,
            name: parcel.name,
            seconds: this.#timeoutMs / 1000,
          })
        : error;
    }
  }

  /** Removes what fills the Secret, and the Secret. */
  async withdraw(
    instance: SecretOwner,
    name: string,
    secret: V1Secret | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    const found = await this.#own(
      instance,
      externalSecretKey(instance, name),
      signal,
    );
    if (found) {
      await this.#kubernetes.delete(externalSecretKey(instance, name), {
        uid: found.metadata?.uid,
        signal,
      });
    }
    if (secret) {
      await this.#kubernetes.delete(secretKey(instance, name), {
        uid: secret.metadata?.uid,
        signal,
      });
    }
  }

  /** @throws NotFoundError when the cluster does not have the kinds */
  async check(namespace: string, signal: AbortSignal): Promise<void> {
    await this.#known(
      Promise.all(
        (['SecretStore', 'ExternalSecret'] as const).map(kind =>
          this.#kubernetes.list(selectionOf(kind, namespace), signal),
        ),
      ),
    );
  }

  async #ensureStore(instance: SecretOwner, signal: AbortSignal) {
    const key = storeKey(instance);
    const found = await this.#own(instance, key, signal);
    // One that works is not made to log in again.
    const now = new Date().toISOString();
    const requested = isReady(found) ? requestedAt(found) ?? now : now;
    await this.#kubernetes.apply(accountManifest(instance), { signal });
    await this.#known(
      this.#kubernetes.apply(
        storeManifest(instance, this.#vault, this.#ca, requested),
        { signal },
      ),
    );
    await this.#until(key, async store => isReady(store), signal);
  }

  async #request(
    instance: SecretOwner,
    { name, path, values, dropped }: Parcel,
    signal: AbortSignal,
  ) {
    await this.#own(instance, externalSecretKey(instance, name), signal);
    const { refreshInterval } = this.#vault.externalSecrets;
    const keys = Object.keys(values).sort();
    await this.#known(
      this.#kubernetes.apply(
        externalSecretManifest(
          instance,
          name,
          { path, keys, refreshInterval },
          new Date().toISOString(),
        ),
        { signal },
      ),
    );
    if (dropped) {
      await this.#releaseApplied(instance, name, dropped.part, signal);
    }
  }

  /** Keys that the other provider applied are not External Secrets' to drop. */
  async #releaseApplied(
    instance: SecretOwner,
    name: string,
    part: string,
    signal: AbortSignal,
  ) {
    const secret = await this.#secret(instance, name, signal);
    const manager = fieldManager(part);
    if (managedKeys(secret?.metadata?.managedFields, manager).length > 0) {
      await this.#kubernetes.apply(manifest(instance, name, {}), {
        fieldManager: manager,
        signal,
      });
    }
  }

  async #holds(
    instance: SecretOwner,
    { name, values, dropped }: Parcel,
    signal: AbortSignal,
  ): Promise<boolean> {
    const held = valuesOf(await this.#secret(instance, name, signal));
    return (
      Object.entries(values).every(([key, value]) => held[key] === value) &&
      !dropped?.keys.some(key => key in held)
    );
  }

  #secret(instance: SecretOwner, name: string, signal: AbortSignal) {
    return this.#kubernetes.get<V1Secret>(secretKey(instance, name), signal);
  }

  /** Looks at an object whenever it changes, until it is as it shall be. */
  async #until(
    key: ExternalSecretsKey,
    isReached: (found: ExternalSecretsObject | undefined) => Promise<boolean>,
    signal: AbortSignal,
  ) {
    for (;;) {
      const found = await this.#kubernetes.get<ExternalSecretsObject>(
        key,
        signal,
      );
      if (await isReached(found)) {
        return;
      }
      await this.#nextChange(key, found?.metadata?.resourceVersion, signal);
    }
  }

  async #nextChange(
    { kind, name, namespace }: ExternalSecretsKey,
    version: string | undefined,
    signal: AbortSignal,
  ) {
    const changed = new AbortController();
    await this.#kubernetes.watch(
      pathOf(kind, namespace),
      {
        fieldSelector: `metadata.name=${name}`,
        ...(version && { resourceVersion: version }),
      },
      () => changed.abort(),
      AbortSignal.any([
        signal,
        changed.signal,
        AbortSignal.timeout(LOOK_AGAIN_MS),
      ]),
    );
    signal.throwIfAborted();
  }

  /** @throws ForeignObjectError when the object is not the instance's */
  async #own(
    instance: SecretOwner,
    key: ExternalSecretsKey,
    signal?: AbortSignal,
  ) {
    const found = await this.#kubernetes.get<ExternalSecretsObject>(
      key,
      signal,
    );
    if (found && markOf(found) !== instance.mark) {
      const owner = foreignOwner(found);
      throw new ForeignObjectError(
        `Kubernetes: ${key.kind} ${key.namespace}/${key.name} is not this instance's (${owner}). Have its owner remove it, then run it again.`,
        owner,
      );
    }
    return found;
  }

  /** The API server says of a kind that it does not have what it says of an object. */
  async #known<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof NotFoundError) {
        throw new NotFoundError(
          'Kubernetes: the kinds of External Secrets (external-secrets.io/v1) are not there. Install External Secrets 0.16 or later, then run it again.',
          error,
        );
      }
      throw error;
    }
  }
}
