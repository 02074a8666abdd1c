import { IAMClient } from '@aws-sdk/client-iam';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { PlatformConfig } from '../../platform/config';
import { BucketClient } from './BucketClient';
import { countObjects } from './countObjects';
import { IamUsers } from './IamUsers';
import {
  AccessKey,
  AccessState,
  BucketState,
  BucketTarget,
  BucketUsage,
  ObjectStore,
} from './ObjectStore';
import { bucketPolicy, samePolicy } from './policy';

const POLICY_PREFIX = 'backstage-mlflow.';

/**
 * AWS, SeaweedFS and others with the IAM API. Not all of them keep tags or
 * paths of a user, so that the name of its only policy is the mark.
 */
export class IamObjectStore implements ObjectStore {
  readonly type = 'iam';
  readonly limitsSize = false;
  readonly #buckets: BucketClient;
  readonly #users: IamUsers;

  static fromConfig(
    config: PlatformConfig['objectStore'],
    buckets: BucketClient,
    handler: NodeHttpHandler,
  ): IamObjectStore {
    const { endpoint, region, accessKeyId, secretAccessKey } = config;
    // AWS has one address for IAM in the whole world; others have it on S3's.
    const isAws = new URL(endpoint).hostname.endsWith('.amazonaws.com');
    return new IamObjectStore(
      buckets,
      new IamUsers(
        new IAMClient({
          endpoint: isAws ? undefined : endpoint,
          region,
          credentials: { accessKeyId, secretAccessKey },
          requestHandler: handler,
        }),
      ),
    );
  }

  constructor(buckets: BucketClient, users: IamUsers) {
    this.#buckets = buckets;
    this.#users = users;
  }

  readBucket(
    { bucket }: BucketTarget,
    signal: AbortSignal,
  ): Promise<BucketState | undefined> {
    return this.#buckets.read(bucket, signal);
  }

  readUsage(bucket: string, signal: AbortSignal): Promise<BucketUsage> {
    return countObjects(this.#buckets, bucket, signal);
  }

  async readAccess(
    { user, bucket, mark }: BucketTarget,
    signal: AbortSignal,
  ): Promise<AccessState | undefined> {
    if (!(await this.#users.exists(user, signal))) {
      return undefined;
    }
    const [policies, keys] = await Promise.all([
      this.#users.policies(user, signal),
      this.#users.keys(user, signal),
    ]);
    const ours = policies.find(name => name.startsWith(POLICY_PREFIX));
    if (!ours) {
      // A crash between user and policy leaves a user that can do nothing.
      const halfMade = policies.length === 0 && keys.length === 0;
      return {
        mark: halfMade ? mark : undefined,
        differences: ['the user has no policy yet'],
      };
    }
    const policy = await this.#users.readPolicy(user, ours, signal);
    const others = policies.filter(name => name !== ours);
    return {
      mark: markOf(ours),
      differences: [
        ...(policy && samePolicy(policy, bucketPolicy(bucket))
          ? []
          : ['the policy is not that of the bucket']),
        ...(keys.length === 1 ? [] : [`the user has ${keys.length} keys`]),
        ...(others.length > 0 ? [`it also has ${others.join(', ')}`] : []),
      ],
    };
  }

  async accepts(bucket: string, key: AccessKey, signal: AbortSignal) {
    return (await this.#buckets.probe(bucket, key, signal)) !== 'refused';
  }

  async claim({ user, bucket, mark }: BucketTarget, signal: AbortSignal) {
    await this.#users.create(user, signal);
    await this.#users.putPolicy(
      user,
      policyName(mark),
      bucketPolicy(bucket),
      signal,
    );
  }

  async createBucket({ bucket }: BucketTarget, signal: AbortSignal) {
    await this.#buckets.create(bucket, signal);
  }

  async secureBucket({ bucket, mark }: BucketTarget, signal: AbortSignal) {
    await this.#buckets.mark(bucket, mark, signal);
    await this.#buckets.closeToPublic(bucket, signal);
  }

  async grant(
    { user, bucket, mark }: BucketTarget,
    held: AccessKey | undefined,
    save: (key: AccessKey) => Promise<void>,
    signal: AbortSignal,
  ) {
    for (const other of await this.#users.policies(user, signal)) {
      if (other !== policyName(mark)) {
        await this.#users.deletePolicy(user, other, signal);
      }
    }
    const keys = await this.#users.keys(user, signal);
    const works =
      held &&
      keys.includes(held.accessKeyId) &&
      (await this.accepts(bucket, held, signal));
    // A key that a crash left unsaved is of no use to anybody.
    for (const id of keys.filter(k => !works || k !== held.accessKeyId)) {
      await this.#users.deleteKey(user, id, signal);
    }
    if (!works) {
      await save(await this.#users.createKey(user, signal));
    }
  }

  async deleteBucket(bucket: string, signal: AbortSignal) {
    await this.#buckets.delete(bucket, signal);
  }

  async revoke({ user }: BucketTarget, signal: AbortSignal) {
    await this.#users.delete(user, signal);
  }

  async close() {
    this.#buckets.close();
    this.#users.close();
  }
}

/** Names of policies may hold no `/`. */
function policyName(mark: string): string {
  return `${POLICY_PREFIX}${mark.replace('/', '.')}`;
}

function markOf(name: string): string {
  return name.slice(POLICY_PREFIX.length).replace('.', '/');
}
