import {
  ConflictError,
  ForwardedError,
  isError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isCertificateFault } from '../certificateFault';
import { reasonOf } from '../reasonOf';

/** SQLSTATE of an answer of PostgreSQL; undefined when it did not answer. */
export function sqlState(error: unknown): string | undefined {
  return isError(error) &&
    typeof error.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : undefined;
}

/**
 * What went wrong on PostgreSQL, in the portal's terms. Neither the statement
 * nor the answer's detail is repeated, since both may hold values.
 *
 * @param what - what was tried, for example `create database x`
 */
export function toBackstageError(error: unknown, what: string): Error {
  const state = sqlState(error);
  const cause = new Error(
    state ? `SQLSTATE ${state}: ${reasonOf(error)}` : reasonOf(error),
  );
  if (isCertificateFault(error)) {
    return new ServiceUnavailableError(
      `PostgreSQL: could not ${what}: the server's certificate is not trusted (${reasonOf(
        error,
      )}). Put its CA into mlflow.platforms.<platform>.ca, and call the server as the certificate does.`,
      cause,
    );
  }
  if (!state || state.startsWith('08') || state.startsWith('57P')) {
    return new ServiceUnavailableError(
      `PostgreSQL: could not ${what}: the server cannot be reached (${reasonOf(
        error,
      )}). Check mlflow.platforms.<platform>.postgres and that the server is up.`,
      cause,
    );
  }
  if (state.startsWith('28')) {
    return new NotAllowedError(
      `PostgreSQL: could not ${what}: the server refuses the portal's user or password. Check mlflow.platforms.<platform>.postgres.`,
      cause,
    );
  }
  switch (state) {
    case '42501':
      return new NotAllowedError(
        `PostgreSQL: the portal's role may not ${what}. It needs CREATEDB and CREATEROLE.`,
        cause,
      );
    case '53300':
      return new ServiceUnavailableError(
        `PostgreSQL: could not ${what}: the server has no connection left. Try again later, or raise max_connections.`,
        cause,
      );
    case '2BP01':
      return new ConflictError(
        `PostgreSQL: could not ${what}: other objects still depend on it. Remove or reassign what the role owns elsewhere.`,
        cause,
      );
    case '42710':
    case '42P04':
      return new ConflictError(
        `PostgreSQL: could not ${what}: somebody made it at the same moment. Run it again.`,
        cause,
      );
    case '57014':
      return new ServiceUnavailableError(
        `PostgreSQL: could not ${what} in time. The server is busy or something holds a lock; try again.`,
        cause,
      );
    case '53100':
    case '53200':
      return new ServiceUnavailableError(
        `PostgreSQL: could not ${what}: the server is out of disk or memory (${state}). Give it more, and run it again.`,
        cause,
      );
    default:
      return new ForwardedError(
        `PostgreSQL: could not ${what} (${state}). The server's log says more.`,
        cause,
      );
  }
}
