import {
  ConflictError,
  ForwardedError,
  isError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { isCertificateFault } from '../certificateFault';
import { reasonOf } from '../reasonOf';

/** An error that an S3, IAM or MinIO answer was turned into. */
export class StoreError extends Error {
  /** As the store names it, for example `NoSuchBucket`. */
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number) {
    super(`${code} (HTTP ${status})`);
    this.name = 'StoreError';
    this.code = code;
    this.status = status;
  }
}

/** The code that a store answered with; undefined when it did not answer. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof StoreError) {
    return error.code;
  }
  if (!isError(error)) {
    return undefined;
  }
  const { $metadata: metadata } = error;
  const answered =
    typeof metadata === 'object' &&
    metadata !== null &&
    'httpStatusCode' in metadata &&
    metadata.httpStatusCode !== undefined;
  // The IAM client ends names with `Exception`, as AWS's model of it does.
  return answered ? error.name.replace(/Exception$/, '') : undefined;
}

/** Status of an answer of a store; 0 when there was none. */
export function httpStatusOf(error: unknown): number {
  if (error instanceof StoreError) {
    return error.status;
  }
  const metadata = isError(error) ? error.$metadata : undefined;
  return typeof metadata === 'object' &&
    metadata !== null &&
    'httpStatusCode' in metadata
    ? Number(metadata.httpStatusCode)
    : 0;
}

/**
 * What went wrong on the object store, in the portal's terms.
 *
 * @param what - what was tried, for example `create bucket x`
 */
export function toBackstageError(error: unknown, what: string): Error {
  const code = codeOf(error);
  if (isCertificateFault(error)) {
    return new ServiceUnavailableError(
      `Object store: could not ${what}: its certificate is not trusted (${reasonOf(
        error,
      )}). Put its CA into mlflow.platforms.<platform>.ca.`,
      error,
    );
  }
  if (code !== undefined && httpStatusOf(error) >= 500) {
    return new ServiceUnavailableError(
      `Object store: could not ${what}: the store answered ${httpStatusOf(
        error,
      )} (${code}). Look into its log, and run it again.`,
    );
  }
  switch (code) {
    case undefined:
      return new ServiceUnavailableError(
        `Object store: could not ${what}: no answer (${reasonOf(
          error,
        )}). Check mlflow.platforms.<platform>.objectStore.endpoint and that the store is up.`,
        // The library's own text goes over several lines.
        new Error(reasonOf(error)),
      );
    case 'InvalidAccessKeyId':
    case 'SignatureDoesNotMatch':
    case 'InvalidClientTokenId':
      return new NotAllowedError(
        `Object store: could not ${what}: the store refuses the portal's key (${code}). Check accessKeyId and secretAccessKey in mlflow.platforms.<platform>.objectStore.`,
      );
    case 'AccessDenied':
    case '403':
      return new NotAllowedError(
        `Object store: the portal may not ${what} (${code}). Widen the rights of its key, or choose a name that nobody else has.`,
      );
    case 'BucketAlreadyExists':
      return new ConflictError(
        `Object store: could not ${what}: the name is taken by somebody else. Choose another name.`,
      );
    default:
      return new ForwardedError(
        `Object store: could not ${what}: the store refuses it (${code}). Its log says more.`,
        new Error(code),
      );
  }
}
