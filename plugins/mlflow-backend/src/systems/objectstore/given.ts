import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { BucketClient } from './BucketClient';
import { countObjects } from './countObjects';
import {
  AccessKey,
  AccessState,
  BucketState,
  BucketTarget,
  BucketUsage,
  ObjectStore,
} from './ObjectStore';

/**
 * A store that the portal does not administer: buckets are made by hand, and
 * the key in the platform's config reaches them all. Everything is only checked.
 */
export class GivenObjectStore implements ObjectStore {
  readonly type = 'given';
  readonly limitsSize = false;
  readonly #buckets: BucketClient;
  readonly #key: AccessKey;

  constructor(buckets: BucketClient, key: AccessKey) {
    this.#buckets = buckets;
    this.#key = key;
  }

  /** @throws NotFoundError when nobody made the bucket yet */
  async readBucket(
    { bucket, mark }: BucketTarget,
    signal: AbortSignal,
  ): Promise<BucketState> {
    const found = await this.#buckets.probe(bucket, this.#key, signal);
    if (found === 'absent') {
      throw new NotFoundError(
        `Object store: bucket ${bucket} does not exist, and the portal does not make any on this platform. Have the store's administrator make it, then run it again.`,
      );
    }
    if (found === 'refused') {
      throw new NotAllowedError(
        `Object store: the key in mlflow.platforms.<platform>.objectStore may not list bucket ${bucket}. Have the store's administrator allow it, then run it again.`,
      );
    }
    return { mark, open: false, empty: false };
  }

  readUsage(bucket: string, signal: AbortSignal): Promise<BucketUsage> {
    return countObjects(this.#buckets, bucket, signal);
  }

  async readAccess({ mark }: BucketTarget): Promise<AccessState> {
    return { mark, differences: [] };
  }

  async accepts(bucket: string, key: AccessKey, signal: AbortSignal) {
    return (await this.#buckets.probe(bucket, key, signal)) !== 'refused';
  }

  async grant(
    { bucket }: BucketTarget,
    held: AccessKey | undefined,
    save: (key: AccessKey) => Promise<void>,
    signal: AbortSignal,
  ) {
    if (!held || !(await this.accepts(bucket, held, signal))) {
      await save(this.#key);
    }
  }

  async claim() {}

  async createBucket() {}

  async secureBucket() {}

  async deleteBucket() {}

  async revoke() {}

  async close() {
    this.#buckets.close();
  }
}
