import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { unless } from './unless';

/** Removes all objects in every version, and unfinished uploads. */
export async function emptyBucket(
  s3: S3Client,
  bucket: string,
  signal: AbortSignal,
): Promise<void> {
  await abortUploads(s3, bucket, signal);
  await deleteObjects(s3, bucket, signal);
}

async function abortUploads(
  s3: S3Client,
  bucket: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { Uploads = [], IsTruncated } = await s3.send(
      new ListMultipartUploadsCommand({ Bucket: bucket }),
      { abortSignal: signal },
    );
    for (const { Key, UploadId } of Uploads) {
      await unless(['NoSuchUpload'], () =>
        s3.send(
          new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }),
          { abortSignal: signal },
        ),
      );
    }
    if (!IsTruncated || Uploads.length === 0) {
      return;
    }
  }
}

async function deleteObjects(
  s3: S3Client,
  bucket: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(
      new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: 1000 }),
      { abortSignal: signal },
    );
    const Objects = [...Versions, ...DeleteMarkers].map(
      ({ Key, VersionId }) => ({ Key, VersionId }),
    );
    if (Objects.length === 0) {
      return;
    }
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({
        Bucket: bucket,
        Delete: { Objects, Quiet: true },
      }),
      { abortSignal: signal },
    );
    if (Errors.length > 0) {
      throw new Error(
        `${Errors.length} objects cannot be deleted (${Errors[0].Code})`,
      );
    }
  }
}
