import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isCertificateFault } from '../certificateFault';
import { reasonOf } from '../reasonOf';

/** What an answer of Vault was to. */
export interface VaultCall {
  /** For people, for example `write secret/mlflow/x/y`. */
  what: string;
  address: string;
  mount: string;
}

/** An answer of Vault that is no success; its texts are looked at, never shown. */
export interface VaultRefusal {
  status: number;
  errors: string[];
}

const says = ({ errors }: VaultRefusal, text: RegExp) =>
  errors.some(error => text.test(error));

/** Whether somebody else wrote another version in between. */
export function isVersionConflict(refusal: VaultRefusal): boolean {
  return refusal.status === 400 && says(refusal, /check-and-set/i);
}

/** What went wrong, in the portal's terms and without the answer. */
export function toBackstageError(
  { what, address, mount }: VaultCall,
  refusal: VaultRefusal,
): Error {
  const { status } = refusal;
  if (status === 503) {
    return new ServiceUnavailableError(
      says(refusal, /sealed/i)
        ? `Vault: could not ${what}: ${address} is sealed. Have Vault's admin unseal it, then run it again.`
        : `Vault: could not ${what}: ${address} has no active server. Look at Vault's status, then run it again.`,
    );
  }
  if (status === 404 && says(refusal, /no handler|unsupported path/i)) {
    return new NotFoundError(
      `Vault: could not ${what}: there is no KV engine at ${mount}/. Run the plugin's setup/vault.sh, or correct mlflow.platforms.<platform>.secrets.vault.mount.`,
    );
  }
  switch (status) {
    case 403:
      return new NotAllowedError(
        `Vault: the portal may not ${what}. Run the plugin's setup/vault.sh for this mount and prefix.`,
      );
    case 404:
      return new NotFoundError(
        `Vault: could not ${what}: it is not there. Run it again.`,
      );
    case 400:
      return new InputError(
        `Vault: could not ${what}: Vault finds it invalid. Check that ${mount}/ is a KV engine of version 2.`,
      );
    default:
      return new ServiceUnavailableError(
        `Vault: could not ${what}: ${address} answered ${status}. Look at Vault's log, then run it again.`,
      );
  }
}

/** Vault does not take the portal's credentials. */
export function loginRefused(login: string): Error {
  return new NotAllowedError(
    `Vault: the portal's ${login} is refused. Check mlflow.platforms.<platform>.secrets.vault.auth: it may have expired or been revoked.`,
  );
}

/** Vault gave no answer. */
export function unreachable(
  { what, address }: VaultCall,
  error: unknown,
): Error {
  const reason = reasonOf(error);
  return new ServiceUnavailableError(
    isCertificateFault(error)
      ? `Vault: could not ${what}: the certificate of ${address} is not trusted (${reason}). Put its CA into mlflow.platforms.<platform>.ca, or correct secrets.vault.address.`
      : `Vault: could not ${what}: no answer from ${address} (${reason}). Check mlflow.platforms.<platform>.secrets.vault.address and that Vault is up.`,
    error,
  );
}
