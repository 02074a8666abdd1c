import { randomBytes } from 'node:crypto';
import { PlatformConfig } from '../../platform/config';
import { BucketClient } from './BucketClient';
import { countObjects } from './countObjects';
import { MinioAdmin } from './MinioAdmin';
import {
  AccessKey,
  AccessState,
  BucketState,
  BucketTarget,
  BucketUsage,
  ObjectStore,
} from './ObjectStore';
import { bucketPolicy, samePolicy } from './policy';

/**
 * MinIO. A user has no tags there, so that the policy named like the bucket is
 * the mark: its `ID` says whose name it is, bucket and user alike.
 */
export class MinioObjectStore implements ObjectStore {
  readonly type = 'minio';
  readonly limitsSize = true;
  readonly #buckets: BucketClient;
  readonly #admin: MinioAdmin;

  constructor(buckets: BucketClient, admin: MinioAdmin) {
    this.#buckets = buckets;
    this.#admin = admin;
  }

  async readBucket(
    { bucket }: BucketTarget,
    signal: AbortSignal,
  ): Promise<BucketState | undefined> {
    const state = await this.#buckets.read(bucket, signal);
    return (
      state && { ...state, limit: await this.#admin.readQuota(bucket, signal) }
    );
  }

  async readUsage(bucket: string, signal: AbortSignal): Promise<BucketUsage> {
    const counted = await countObjects(this.#buckets, bucket, signal);
    return counted.objects === undefined
      ? (await this.#admin.readUsage(bucket, signal)) ?? {}
      : counted;
  }

  async readAccess(
    { bucket, user }: BucketTarget,
    signal: AbortSignal,
  ): Promise<AccessState | undefined> {
    const [policy, found] = await Promise.all([
      this.#admin.readPolicy(bucket, signal),
      this.#admin.readUser(user, signal),
    ]);
    if (!policy && !found) {
      return undefined;
    }
    const others = [
      ...(found?.policies ?? []).filter(name => name !== bucket),
      ...(found?.groups ?? []),
    ];
    return {
      mark: policy?.ID,
      differences: [
        ...(policy && samePolicy(policy, bucketPolicy(bucket))
          ? []
          : ['the policy is not that of the bucket']),
        ...(found?.policies.includes(bucket)
          ? []
          : ['the user does not have the policy']),
        ...(found?.enabled === false ? ['the user is disabled'] : []),
        ...(others.length > 0 ? [`it also has ${others.join(', ')}`] : []),
      ],
    };
  }

  async accepts(bucket: string, key: AccessKey, signal: AbortSignal) {
    return (await this.#buckets.probe(bucket, key, signal)) !== 'refused';
  }

  async claim({ bucket, mark }: BucketTarget, signal: AbortSignal) {
    await this.#admin.putPolicy(
      bucket,
      { ID: mark, ...bucketPolicy(bucket) },
      signal,
    );
  }

  async createBucket({ bucket }: BucketTarget, signal: AbortSignal) {
    await this.#buckets.create(bucket, signal);
  }

  async secureBucket(target: BucketTarget, signal: AbortSignal) {
    // One after the other: MinIO keeps tags, policy and quota of a bucket in one
    // file, and of two changes at the same time it may lose one.
    await this.#buckets.mark(target.bucket, target.mark, signal);
    await this.#buckets.closeToPublic(target.bucket, signal);
    await this.#admin.setQuota(target.bucket, target.bytes, signal);
  }

  async grant(
    { bucket, user }: BucketTarget,
    held: AccessKey | undefined,
    save: (key: AccessKey) => Promise<void>,
    signal: AbortSignal,
  ) {
    // The access key is the user's name, and its secret is ours to choose.
    const key =
      held?.accessKeyId === user && held.secretAccessKey
        ? held
        : { accessKeyId: user, secretAccessKey: newSecret() };
    if (key !== held) {
      await save(key);
    }
    await this.#admin.putUser(key, signal);
    await this.#admin.setUserPolicy(user, bucket, signal);
  }

  async deleteBucket(bucket: string, signal: AbortSignal) {
    await this.#buckets.delete(bucket, signal);
  }

  async revoke({ bucket, user }: BucketTarget, signal: AbortSignal) {
    await this.#admin.deleteUser(user, signal);
    // Last, since it is the mark.
    await this.#admin.deletePolicy(bucket, signal);
  }

  async close() {
    this.#buckets.close();
    await this.#admin.close();
  }

  static fromConfig(
    config: PlatformConfig['objectStore'],
    buckets: BucketClient,
    ca: string | undefined,
  ): MinioObjectStore {
    const { endpoint, region, accessKeyId, secretAccessKey } = config;
    return new MinioObjectStore(
      buckets,
      new MinioAdmin({
        endpoint,
        region,
        key: { accessKeyId, secretAccessKey },
        ca,
      }),
    );
  }
}

/** 40 characters: MinIO takes 8 to 40. */
function newSecret(): string {
  return randomBytes(30).toString('base64url');
}
