import http from 'node:http';
import https from 'node:https';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { PlatformConfig } from '../../platform/config';
import { trustedCertificates } from '../http';
import { emptyBucket } from './emptyBucket';
import { codeOf, toBackstageError } from './errors';
import { AccessKey, BucketState } from './ObjectStore';
import { isOpen, parsePolicy } from './policy';
import { unless } from './unless';

/** How long an answer may take; the library asks three times. */
const REQUEST_MS = 20_000;

/** Tag of a bucket that says whose it is. */
const MARK_TAG = 'mlflow.org/mark';

/** How stores say that a key is wrong or reaches nothing. */
const REFUSALS = [
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'AccessDenied',
];

/**
 * Bears the platform's trust; shared by all clients of one store.
 *
 * @param requestMs - how long an answer may take
 */
export function createHttpHandler(
  ca: string | undefined,
  requestMs: number = REQUEST_MS,
): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: 10_000,
    requestTimeout: requestMs,
    throwOnRequestTimeout: true,
    httpAgent: new http.Agent({ keepAlive: true, maxSockets: 16 }),
    httpsAgent: new https.Agent({
      keepAlive: true,
      maxSockets: 16,
      ca: ca ? trustedCertificates(ca) : undefined,
    }),
  });
}

/** Buckets by the S3 API. */
export class BucketClient {
  readonly #config: PlatformConfig['objectStore'];
  readonly #handler: NodeHttpHandler;
  readonly #s3: S3Client;

  constructor(config: PlatformConfig['objectStore'], handler: NodeHttpHandler) {
    this.#config = config;
    this.#handler = handler;
    this.#s3 = this.#clientFor(config);
  }

  /** The bucket, or undefined when it does not exist. */
  async read(
    bucket: string,
    signal: AbortSignal,
  ): Promise<Omit<BucketState, 'limit'> | undefined> {
    // MinIO finds no tags where there is no bucket, so that a listing decides.
    const [empty, mark, open] = await Promise.all([
      this.#isEmpty(bucket, signal),
      this.#readMark(bucket, signal),
      this.#isOpen(bucket, signal),
    ]);
    return empty === undefined ? undefined : { mark, open, empty };
  }

  /** Lists a bucket with some key, which proves the key. */
  async probe(
    bucket: string,
    key: AccessKey,
    signal: AbortSignal,
  ): Promise<'listed' | 'absent' | 'refused'> {
    const s3 = this.#clientFor(key);
    return this.#do(`list bucket ${bucket}`, signal, async abort => {
      try {
        const listed = await unless(['NoSuchBucket'], () =>
          s3.send(
            new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }),
            abort,
          ),
        );
        return listed ? 'listed' : 'absent';
      } catch (error) {
        if (REFUSALS.includes(codeOf(error) ?? '')) {
          return 'refused';
        }
        throw error;
      }
    });
  }

  /**
   * One page of what lies in a bucket, 1,000 objects at most; undefined when
   * there is no such bucket.
   */
  async page(
    bucket: string,
    after: string | undefined,
    signal: AbortSignal,
  ): Promise<{ sizes: number[]; next?: string } | undefined> {
    return this.#do(`list bucket ${bucket}`, signal, abort =>
      unless(['NoSuchBucket'], async () => {
        const { Contents = [], NextContinuationToken: next } =
          await this.#s3.send(
            new ListObjectsV2Command({
              Bucket: bucket,
              ContinuationToken: after,
            }),
            abort,
          );
        return { sizes: Contents.map(({ Size = 0 }) => Size), next };
      }),
    );
  }

  /** Makes a bucket; that it is ours already is no error. */
  async create(bucket: string, signal: AbortSignal): Promise<void> {
    await this.#do(`create bucket ${bucket}`, signal, async abort => {
      await unless(['BucketAlreadyOwnedByYou'], () =>
        this.#s3.send(new CreateBucketCommand({ Bucket: bucket }), abort),
      );
    });
  }

  /** Sets our tag and leaves all others. */
  async mark(bucket: string, mark: string, signal: AbortSignal): Promise<void> {
    await this.#do(`mark bucket ${bucket}`, signal, async abort => {
      const others = (await this.#tags(bucket, signal)).filter(
        tag => tag.Key !== MARK_TAG,
      );
      await this.#s3.send(
        new PutBucketTaggingCommand({
          Bucket: bucket,
          Tagging: { TagSet: [...others, { Key: MARK_TAG, Value: mark }] },
        }),
        abort,
      );
    });
  }

  /** Takes the bucket's own policy away when it lets in people without a key. */
  async closeToPublic(bucket: string, signal: AbortSignal): Promise<void> {
    if (await this.#isOpen(bucket, signal)) {
      await this.#do(`close bucket ${bucket}`, signal, abort =>
        this.#s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket }), abort),
      );
    }
  }

  /** Removes all objects in every version, unfinished uploads and the bucket. */
  async delete(bucket: string, signal: AbortSignal): Promise<void> {
    await this.#do(`delete bucket ${bucket}`, signal, async abort => {
      await unless(['NoSuchBucket'], async () => {
        await emptyBucket(this.#s3, bucket, signal);
        await this.#s3.send(new DeleteBucketCommand({ Bucket: bucket }), abort);
      });
    });
  }

  /** Ends all connections. */
  close(): void {
    this.#handler.destroy();
  }

  /** Undefined when there is no such bucket. */
  async #isEmpty(
    bucket: string,
    signal: AbortSignal,
  ): Promise<boolean | undefined> {
    return this.#do(`list bucket ${bucket}`, signal, abort =>
      unless(['NoSuchBucket'], async () => {
        const { Contents = [] } = await this.#s3.send(
          new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 1 }),
          abort,
        );
        return Contents.length === 0;
      }),
    );
  }

  async #readMark(
    bucket: string,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    return this.#do(`read the tags of bucket ${bucket}`, signal, async () => {
      const tags = await unless(['NoSuchBucket'], () =>
        this.#tags(bucket, signal),
      );
      return tags?.find(tag => tag.Key === MARK_TAG)?.Value;
    });
  }

  async #tags(bucket: string, signal: AbortSignal) {
    const answer = await unless(['NoSuchTagSet'], () =>
      this.#s3.send(new GetBucketTaggingCommand({ Bucket: bucket }), {
        abortSignal: signal,
      }),
    );
    return answer?.TagSet ?? [];
  }

  async #isOpen(bucket: string, signal: AbortSignal): Promise<boolean> {
    return this.#do(`read the policy of ${bucket}`, signal, async abort => {
      const answer = await unless(['NoSuchBucketPolicy', 'NoSuchBucket'], () =>
        this.#s3.send(new GetBucketPolicyCommand({ Bucket: bucket }), abort),
      );
      const policy = parsePolicy(JSON.parse(answer?.Policy ?? '{}'));
      return policy ? isOpen(policy) : false;
    });
  }

  #clientFor({ accessKeyId, secretAccessKey }: AccessKey): S3Client {
    return new S3Client({
      endpoint: this.#config.endpoint,
      region: this.#config.region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      requestHandler: this.#handler,
      // Other stores than AWS do not all know the newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 3,
    });
  }

  async #do<T>(
    what: string,
    signal: AbortSignal,
    use: (options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    try {
      return await use({ abortSignal: signal });
    } catch (error) {
      signal.throwIfAborted();
      throw toBackstageError(error, what);
    }
  }
}
