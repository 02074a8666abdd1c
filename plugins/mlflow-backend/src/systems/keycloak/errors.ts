import {
  ConflictError,
  CustomErrorBase,
  ForwardedError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isCertificateFault } from '../certificateFault';
import { isObject } from '../isObject';
import { reasonOf } from '../reasonOf';

/** Role of `realm-management` that a call needs. */
export type ManagementRole = 'manage-clients' | 'manage-users';

/** HTTP status of an answer of Keycloak; undefined when none came. */
export function statusOf(error: unknown): number | undefined {
  if (!(isObject(error) && 'response' in error && isObject(error.response))) {
    return undefined;
  }
  const { response } = error;
  return 'status' in response && typeof response.status === 'number'
    ? response.status
    : undefined;
}

/**
 * What went wrong on Keycloak, in the portal's terms and without the answer.
 *
 * @param what - what was tried, for example `create client x`
 */
export function toBackstageError(
  error: unknown,
  what: string,
  needs: { clientId: string; role: ManagementRole },
): Error {
  if (error instanceof CustomErrorBase) {
    return error;
  }
  const status = statusOf(error);
  switch (status) {
    case undefined:
      return unreachable(what, error);
    case 401:
      return new NotAllowedError(
        `Keycloak: could not ${what}: a token that client ${needs.clientId} got just now is refused. Check that keycloak.url is the address that Keycloak calls its own, and that the clocks of its servers agree.`,
      );
    case 403:
      return new NotAllowedError(
        `Keycloak: client ${needs.clientId} may not ${what}. Give its service account the role ${needs.role} of client realm-management.`,
      );
    case 404:
      return new NotFoundError(
        `Keycloak: could not ${what}: it is not there. Run it again.`,
      );
    case 409:
      return new ConflictError(
        `Keycloak: could not ${what}: there is one already. Run it again.`,
      );
    case 400:
      return new InputError(
        `Keycloak: could not ${what}: Keycloak finds it invalid. The realm's settings may forbid it.`,
      );
    default:
      return status >= 500
        ? new ServiceUnavailableError(
            `Keycloak: could not ${what}: Keycloak answered ${status}. Look into its log, and run it again.`,
          )
        : new ForwardedError(
            `Keycloak: could not ${what}`,
            new Error(`HTTP ${status}`),
          );
  }
}

/** Keycloak gave no answer. */
export function unreachable(what: string, error: unknown): Error {
  if (isCertificateFault(error)) {
    return new ServiceUnavailableError(
      `Keycloak: could not ${what}: its certificate is not trusted (${reasonOf(
        error,
      )}). Put its CA into mlflow.platforms.<platform>.ca.`,
      error,
    );
  }
  return new ServiceUnavailableError(
    `Keycloak: could not ${what}: no answer (${reasonOf(
      error,
    )}). Check mlflow.platforms.<platform>.keycloak.url and that Keycloak is up.`,
    error,
  );
}
