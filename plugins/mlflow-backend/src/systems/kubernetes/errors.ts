import { ApiException } from '@kubernetes/client-node';
import {
  ConflictError,
  ForwardedError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** HTTP status of an answer of the API server; undefined when none came. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof ApiException ? error.code : undefined;
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
  switch (code) {
    case undefined:
      return new ServiceUnavailableError(
        `Kubernetes: could not ${what}: the API server did not answer. Check mlflow.platforms.<platform>.kubernetes and that the API server is up.`,
        error,
      );
    case 401:
      return new NotAllowedError(
        `Kubernetes: could not ${what}: the API server does not know the portal's token. Renew mlflow.platforms.<platform>.kubernetes.token.`,
        error,
      );
    case 403:
      return new NotAllowedError(
        `Kubernetes: the portal may not ${what} (${reason}). Apply the plugin's RBAC file.`,
        error,
      );
    case 404:
      return new NotFoundError(`Kubernetes: could not ${what}: ${reason}`);
    case 409:
      return new ConflictError(`Kubernetes: could not ${what}: ${reason}`);
    case 400:
    case 422:
      return new InputError(`Kubernetes: could not ${what}: ${reason}`);
    default:
      return new ForwardedError(
        `Kubernetes: could not ${what}: the API server answered ${code}.`,
        error,
      );
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof ApiException)) {
    return 'no answer';
  }
  const body: unknown =
    typeof error.body === 'string' ? parse(error.body) : error.body;
  if (body && typeof body === 'object' && 'message' in body) {
    return String(body.message).split('\n')[0];
  }
  return `status ${error.code}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
