import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListUserPoliciesCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { ServiceUnavailableError } from '@backstage/errors';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { PlatformConfig } from '../../platform/config';
import { BucketClient } from './BucketClient';
import { codeOf, toBackstageError } from './errors';
import {
  AccessKey,
  AccessState,
  BucketState,
  BucketTarget,
  ObjectStore,
} from './ObjectStore';
import { bucketPolicy, parsePolicy, samePolicy } from './policy';

const POLICY_PREFIX = 'backstage-mlflow.';

/**
 * AWS, SeaweedFS and others with the IAM API. Not all of them keep tags or
 * paths of a user, so that the name of its only policy is the mark.
 */
export class IamObjectStore implements ObjectStore {
  readonly type = 'iam';
  readonly limitsSize = false;
  readonly #buckets: BucketClient;
  readonly #iam: IAMClient;

  constructor(buckets: BucketClient, iam: IAMClient) {
    this.#buckets = buckets;
    this.#iam = iam;
  }

  readBucket(
    { bucket }: BucketTarget,
    signal: AbortSignal,
  ): Promise<BucketState | undefined> {
    return this.#buckets.read(bucket, signal);
  }

  async readAccess(
    target: BucketTarget,
    signal: AbortSignal,
  ): Promise<AccessState | undefined> {
    const { user, bucket } = target;
    if (!(await this.#userExists(user, signal))) {
      return undefined;
    }
    const policies = await this.#policies(user, signal);
    const markPolicy = policies.find(name => name.startsWith(POLICY_PREFIX));
    if (!markPolicy) {
      const keys = await this.#keys(user, signal);
      // Between the user and its policy nothing else can have been made.
      const halfMade = policies.length === 0 && keys.length === 0;
      return {
        mark: halfMade ? target.mark : undefined,
        differences: ['the user has no policy yet'],
      };
    }
    const { PolicyDocument = '' } = await this.#do(
      `read policy ${markPolicy} of user ${user}`,
      signal,
      options =>
        this.#iam.send(
          new GetUserPolicyCommand({ UserName: user, PolicyName: markPolicy }),
          options,
        ),
    );
    const found = parsePolicy(JSON.parse(decodeURIComponent(PolicyDocument)));
    const others = policies.filter(name => name !== markPolicy);
    return {
      mark: markOf(markPolicy),
      differences: [
        ...(found && samePolicy(found, bucketPolicy(bucket))
          ? []
          : ['the policy is not that of the bucket']),
        ...(others.length > 0 ? [`it also has ${others.join(', ')}`] : []),
      ],
    };
  }

  async accepts(bucket: string, key: AccessKey, signal: AbortSignal) {
    return (await this.#buckets.probe(bucket, key, signal)) !== 'refused';
  }

  async claim(target: BucketTarget, signal: AbortSignal) {
    const { user, bucket, mark } = target;
    await this.#do(`create user ${user}`, signal, async options => {
      try {
        await this.#iam.send(
          new CreateUserCommand({ UserName: user }),
          options,
        );
      } catch (error) {
        if (codeOf(error) !== 'EntityAlreadyExists') {
          throw error;
        }
      }
    });
    await this.#do(`set the policy of user ${user}`, signal, options =>
      this.#iam.send(
        new PutUserPolicyCommand({
          UserName: user,
          PolicyName: policyName(mark),
          PolicyDocument: JSON.stringify(bucketPolicy(bucket)),
        }),
        options,
      ),
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
    for (const other of await this.#policies(user, signal)) {
      if (other !== policyName(mark)) {
        await this.#deletePolicy(user, other, signal);
      }
    }
    const keys = await this.#keys(user, signal);
    const works =
      held &&
      keys.includes(held.accessKeyId) &&
      (await this.accepts(bucket, held, signal));
    // A user may have two keys: one that a crash left unsaved is of no use.
    for (const id of keys.filter(k => !works || k !== held.accessKeyId)) {
      await this.#deleteKey(user, id, signal);
    }
    if (!works) {
      await save(await this.#createKey(user, signal));
    }
  }

  async deleteBucket(bucket: string, signal: AbortSignal) {
    await this.#buckets.delete(bucket, signal);
  }

  async revoke({ user }: BucketTarget, signal: AbortSignal) {
    if (!(await this.#userExists(user, signal))) {
      return;
    }
    for (const id of await this.#keys(user, signal)) {
      await this.#deleteKey(user, id, signal);
    }
    for (const name of await this.#policies(user, signal)) {
      await this.#deletePolicy(user, name, signal);
    }
    await this.#gone(`delete user ${user}`, signal, options =>
      this.#iam.send(new DeleteUserCommand({ UserName: user }), options),
    );
  }

  async close() {
    this.#buckets.close();
    this.#iam.destroy();
  }

  async #userExists(user: string, signal: AbortSignal): Promise<boolean> {
    let exists = false;
    await this.#gone(`read user ${user}`, signal, async options => {
      await this.#iam.send(new GetUserCommand({ UserName: user }), options);
      exists = true;
    });
    return exists;
  }

  async #policies(user: string, signal: AbortSignal): Promise<string[]> {
    const { PolicyNames = [] } = await this.#do(
      `list the policies of user ${user}`,
      signal,
      options =>
        this.#iam.send(
          new ListUserPoliciesCommand({ UserName: user }),
          options,
        ),
    );
    return PolicyNames;
  }

  async #keys(user: string, signal: AbortSignal): Promise<string[]> {
    const { AccessKeyMetadata = [] } = await this.#do(
      `list the keys of user ${user}`,
      signal,
      options =>
        this.#iam.send(new ListAccessKeysCommand({ UserName: user }), options),
    );
    return AccessKeyMetadata.map(key => key.AccessKeyId ?? '');
  }

  async #createKey(user: string, signal: AbortSignal): Promise<AccessKey> {
    const { AccessKey } = await this.#do(
      `create a key of user ${user}`,
      signal,
      options =>
        this.#iam.send(new CreateAccessKeyCommand({ UserName: user }), options),
    );
    if (!AccessKey?.AccessKeyId || !AccessKey.SecretAccessKey) {
      throw new ServiceUnavailableError(
        `Object store: the store made no key for user ${user}. Run it again.`,
      );
    }
    return {
      accessKeyId: AccessKey.AccessKeyId,
      secretAccessKey: AccessKey.SecretAccessKey,
    };
  }

  async #deleteKey(user: string, id: string, signal: AbortSignal) {
    await this.#gone(`delete a key of user ${user}`, signal, options =>
      this.#iam.send(
        new DeleteAccessKeyCommand({ UserName: user, AccessKeyId: id }),
        options,
      ),
    );
  }

  async #deletePolicy(user: string, name: string, signal: AbortSignal) {
    await this.#gone(`delete a policy of user ${user}`, signal, options =>
      this.#iam.send(
        new DeleteUserPolicyCommand({ UserName: user, PolicyName: name }),
        options,
      ),
    );
  }

  /** What is gone already is no error. */
  async #gone(
    what: string,
    signal: AbortSignal,
    use: (options: { abortSignal: AbortSignal }) => Promise<unknown>,
  ): Promise<void> {
    await this.#do(what, signal, async options => {
      try {
        await use(options);
      } catch (error) {
        if (codeOf(error) !== 'NoSuchEntity') {
          throw error;
        }
      }
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
      new IAMClient({
        endpoint: isAws ? undefined : endpoint,
        region,
        credentials: { accessKeyId, secretAccessKey },
        requestHandler: handler,
      }),
    );
  }
}

/** Names of policies may hold no `/`. */
function policyName(mark: string): string {
  return `${POLICY_PREFIX}${mark.replace('/', '.')}`;
}

function markOf(name: string): string {
  return name.slice(POLICY_PREFIX.length).replace('.', '/');
}
