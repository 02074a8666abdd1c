import { ApiException } from '@kubernetes/client-node';
import {
  ConflictError,
  ForwardedError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isCertificateFault } from '../certificateFault';
import { isObject } from '../isObject';
import { reasonOf } from '../reasonOf';
import { SilenceError } from './boundedApi';

/**
 * HTTP status of an answer of the API server; undefined when none came. A watch
 * that is refused says it in a way of its own.
 */
export function statusOf(error: unknown): number | undefined {
  if (error instanceof ApiException) {
    return error.code;
  }
  const status =
    isObject(error) && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

/**
 * What went wrong on the API server, in the portal's terms. The answer's body
 * stays out, but for its one-line `message`, which names objects and fields.
 *
 * @param what - what was tried, for example `read Secret x/y`
 */
export function toBackstageError(error: unknown, what: string): Error {
  const code = statusOf(error);
  const reason = messageOf(error);
  // A cause ends in the message, and that of the library holds body and headers.
  const cause = new Error(code === undefined ? nameOf(error) : reason);
  switch (code) {
    case undefined:
      return new ServiceUnavailableError(
        isCertificateFault(error)
          ? `Kubernetes: could not ${what}: the API server's certificate is not trusted (${reasonOf(
              error,
            )}). Put its CA into mlflow.platforms.<platform>.kubernetes.ca.`
          : `Kubernetes: could not ${what}: the API server did not answer${
              error instanceof SilenceError ? ` (${error.message})` : ''
            }. Check mlflow.platforms.<platform>.kubernetes and that the API server is up.`,
        cause,
      );
    case 401:
      return new NotAllowedError(
        `Kubernetes: could not ${what}: the API server does not know the portal's token. Renew mlflow.platforms.<platform>.kubernetes.token.`,
        cause,
      );
    case 403:
      return forbidden(what, reason, cause);
    case 404:
      return new NotFoundError(`Kubernetes: could not ${what}: ${reason}`);
    case 409:
      return new ConflictError(`Kubernetes: could not ${what}: ${reason}`);
    case 400:
    case 422:
      return new InputError(`Kubernetes: could not ${what}: ${reason}`);
    case 429:
      return new ServiceUnavailableError(
        `Kubernetes: could not ${what}: the API server is overloaded. Run it again later.`,
        cause,
      );
    default:
      return code >= 500
        ? new ServiceUnavailableError(
            `Kubernetes: could not ${what}: the API server answered ${code}. Look into its log, and run it again.`,
            cause,
          )
        : new ForwardedError(
            `Kubernetes: could not ${what}: the API server answered ${code}.`,
            cause,
          );
  }
}

/** A right is lacking, or admission refuses what the rights allow. */
function forbidden(what: string, reason: string, cause: Error): Error {
  if (/exceeded quota/.test(reason)) {
    return new ServiceUnavailableError(
      `Kubernetes: could not ${what}: the quota of the namespace is reached (${reason}). Have the cluster's admin raise it, and run it again.`,
      cause,
    );
  }
  const remedy = /denied (the )?request|violates PodSecurity/.test(reason)
    ? "A policy of the cluster refuses it: ask the cluster's admin."
    : "Apply the plugin's RBAC file.";
  return new NotAllowedError(
    `Kubernetes: the portal may not ${what} (${reason}). ${remedy}`,
    cause,
  );
}

function messageOf(error: unknown): string {
  if (!(error instanceof ApiException)) {
    return 'no answer';
  }
  const body: unknown =
    typeof error.body === 'string' ? parse(error.body) : error.body;
  if (isObject(body) && 'message' in body) {
    return String(body.message).split('\n')[0];
  }
  return `status ${error.code}`;
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'no answer';
  }
  return 'code' in error ? String(error.code) : error.name;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
