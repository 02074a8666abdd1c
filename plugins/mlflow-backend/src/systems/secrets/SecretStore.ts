import { Owner } from '../kubernetes/marks';

/** Whose a secret is, and in which namespace it lies. */
export interface SecretOwner extends Owner {
  names: { namespace: string };
}

/** Keys and values of a secret, in clear. Never log it. */
export type SecretValues = Record<string, string>;

/**
 * Where the secrets of instances live. Several parts (steps) may share one
 * secret, each with keys of its own: no part can change or drop the keys of
 * another.
 */
export interface SecretStore {
  /** Where the values lie, for people. */
  readonly system: 'Kubernetes' | 'Vault';

  /**
   * All values of a secret, or undefined when it does not exist.
   *
   * @throws ConflictError when it is not the instance's
   */
  read(
    instance: SecretOwner,
    name: string,
    signal?: AbortSignal,
  ): Promise<SecretValues | undefined>;

  /**
   * Sets values of one part. Other values that the part wrote before stay,
   * since what they encrypt may still be in use.
   *
   * @throws ConflictError when the secret is not the instance's
   */
  write(
    instance: SecretOwner,
    name: string,
    part: string,
    values: SecretValues,
    signal?: AbortSignal,
  ): Promise<void>;

  /**
   * Keeps what is there and makes only what is missing, so that running it
   * again changes nothing.
   *
   * @returns the values of the asked keys
   * @throws ConflictError when the secret is not the instance's
   */
  fill(
    instance: SecretOwner,
    name: string,
    part: string,
    makers: Record<string, () => string>,
    signal?: AbortSignal,
  ): Promise<SecretValues>;

  /**
   * Drops the part's values, and the secret itself once it is empty. A secret
   * without the instance's mark is kept.
   */
  remove(
    instance: SecretOwner,
    name: string,
    part: string,
    signal?: AbortSignal,
  ): Promise<'removed' | 'absent' | 'kept'>;

  /**
   * Proves that the store can be used; changes nothing.
   *
   * @param namespace - any namespace that the portal may look into
   * @throws with what is missing, and what to do
   */
  check(namespace: string, signal: AbortSignal): Promise<void>;

  /** Ends what the store holds open. */
  close(): Promise<void>;
}
