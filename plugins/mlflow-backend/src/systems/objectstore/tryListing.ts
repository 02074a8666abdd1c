import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { PlatformConfig } from '../../platform/config';
import { isCertificateFault } from '../certificateFault';
import { reasonOf } from '../reasonOf';
import { createHttpHandler } from './BucketClient';
import { codeOf, httpStatusOf } from './errors';
import { AccessKey } from './ObjectStore';

/** How long the store may take. */
const LISTING_MS = 4_000;

/** Why a key could not list a bucket. */
export interface ListingFault {
  kind: 'key' | 'missing' | 'forbidden' | 'unreachable' | 'refused';
  /** In the words of the store or of the network; never a secret. */
  message: string;
}

/**
 * Lists one object of a bucket, once: what the store makes of a key.
 *
 * @returns undefined when it let the key in
 */
export async function tryListing(
  { objectStore, ca }: Pick<PlatformConfig, 'objectStore' | 'ca'>,
  bucket: string,
  { accessKeyId, secretAccessKey }: AccessKey,
  signal: AbortSignal,
): Promise<ListingFault | undefined> {
  const handler = createHttpHandler(ca, LISTING_MS);
  const s3 = new S3Client({
    endpoint: objectStore.endpoint,
    region: objectStore.region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    requestHandler: handler,
    maxAttempts: 1,
  });
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(LISTING_MS)]);
  try {
    await s3.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }), {
      abortSignal: bounded,
    });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    return bounded.aborted
      ? {
          kind: 'unreachable',
          message: `no answer within ${LISTING_MS / 1000} s`,
        }
      : listingFault(error);
  } finally {
    handler.destroy();
  }
}

/** What the failure of a listing means. Pure. */
export function listingFault(error: unknown): ListingFault {
  const code = codeOf(error);
  const status = httpStatusOf(error);
  const message =
    code === undefined ? reasonOf(error) : `${code} (HTTP ${status})`;
  return { kind: kindOf(error, code, status), message };
}

function kindOf(
  error: unknown,
  code: string | undefined,
  status: number,
): ListingFault['kind'] {
  if (code === undefined) {
    return isCertificateFault(error) ? 'refused' : 'unreachable';
  }
  if (status >= 500) {
    return 'unreachable';
  }
  switch (code) {
    case 'InvalidAccessKeyId':
    case 'InvalidClientTokenId':
    case 'SignatureDoesNotMatch':
      return 'key';
    case 'NoSuchBucket':
      return 'missing';
    case 'AccessDenied':
      return 'forbidden';
    default:
      return 'refused';
  }
}
