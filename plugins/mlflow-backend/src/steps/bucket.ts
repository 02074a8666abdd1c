import { setTimeout as sleep } from 'node:timers/promises';
import { NotAllowedError } from '@backstage/errors';
import { AccessKey } from '../systems/objectstore/ObjectStore';
import { SecretValues } from '../systems/secrets/SecretStore';
import {
  bucketDifferences,
  BucketObserved,
  bucketTarget,
  isOurBucket,
  planBucketStep,
} from './bucketPlan';
import { assertMark } from './marks';
import { requireNamespace } from './namespace';
import { conflictsOf, ObservedSecret, observeSecret } from './observeSecret';
import { removeSecrets } from './removeSecrets';
import {
  isWanted,
  Plan,
  Removal,
  RemoveOptions,
  Step,
  StepContext,
} from './Step';
import { settled } from '../systems/settled';

/** What the step uses of its context. */
export type BucketContext = Pick<StepContext, 'instance' | 'signal'> & {
  platform: Pick<
    StepContext['platform'],
    'kubernetes' | 'objectStore' | 'secrets'
  >;
};

const SYSTEM = 'Object store';
const FOREIGN = 'it is not this instance’s';

/** Under this name the step's keys stand in secrets that it shares. */
const PART = 'bucket';

/** AWS takes some seconds until a new key is known everywhere. */
const KEY_WAIT_MS = 30_000;

/** One bucket, and one user whose key reaches it and nothing else. */
export const bucketStep = {
  name: 'bucket',

  async observe(ctx: BucketContext): Promise<BucketObserved> {
    const { instance, platform, signal } = ctx;
    const { objectStore } = platform;
    const target = bucketTarget(instance);
    const [bucket, access, { key, secret }] = await settled([
      objectStore.readBucket(target, signal),
      objectStore.readAccess(target, signal),
      observeKey(ctx),
    ]);
    return {
      limitsSize: objectStore.limitsSize,
      bucket,
      access,
      key,
      foreignSecrets: conflictsOf([secret]),
    };
  },

  plan: planBucketStep,

  async apply(
    ctx: BucketContext,
    { observed }: Plan<BucketObserved>,
  ): Promise<void> {
    await requireNamespace(ctx);
    const access = await ensureClaim(ctx);
    await ensureBucket(ctx);
    if (access.differences.length > 0 || observed.key !== 'accepted') {
      await ensureAccess(ctx);
    }
  },

  async remove(ctx: BucketContext, options: RemoveOptions): Promise<Removal[]> {
    const { instance, platform } = ctx;
    const { objectStore } = instance.names.secrets;
    const removals =
      platform.objectStore.type === 'given'
        ? keptAsGiven(ctx)
        : await removeAll(ctx, options);
    return isWanted(options, `secret ${objectStore}`)
      ? [...removals, ...(await removeSecrets(ctx, PART, [objectStore]))]
      : removals;
  },
} satisfies Step<BucketObserved>;

/** The name is ours before there is a bucket or a key. */
async function ensureClaim({ instance, platform, signal }: BucketContext) {
  const { objectStore } = platform;
  const target = bucketTarget(instance);
  const [access, bucket] = await settled([
    objectStore.readAccess(target, signal),
    objectStore.readBucket(target, signal),
  ]);
  if (access) {
    assertMark(SYSTEM, `user ${target.user}`, access.mark, target.mark);
  }
  if (bucket && !isOurBucket(instance, access, bucket)) {
    assertMark(SYSTEM, `bucket ${target.bucket}`, bucket.mark, target.mark);
  }
  if (access?.differences.length === 0) {
    return access;
  }
  await objectStore.claim(target, signal);
  return { differences: access?.differences ?? ['new'] };
}

async function ensureBucket({ instance, platform, signal }: BucketContext) {
  const { objectStore } = platform;
  const target = bucketTarget(instance);
  let bucket = await objectStore.readBucket(target, signal);
  if (!bucket) {
    await objectStore.createBucket(target, signal);
    bucket = await objectStore.readBucket(target, signal);
  }
  if (bucket && !isOurBucket(instance, target, bucket)) {
    assertMark(SYSTEM, `bucket ${target.bucket}`, bucket.mark, target.mark);
  }
  if (
    !bucket ||
    bucketDifferences(target, objectStore.limitsSize, bucket).length > 0
  ) {
    await objectStore.secureBucket(target, signal);
  }
}

async function ensureAccess(ctx: BucketContext): Promise<void> {
  const { instance, platform, signal } = ctx;
  const { objectStore } = platform;
  const target = bucketTarget(instance);
  await objectStore.grant(
    target,
    await heldKey(ctx),
    key =>
      platform.secrets.write(
        instance,
        instance.names.secrets.objectStore,
        PART,
        toSecret(key),
        signal,
      ),
    signal,
  );
  const deadline = Date.now() + KEY_WAIT_MS;
  const key = await heldKey(ctx);
  while (key && !(await objectStore.accepts(target.bucket, key, signal))) {
    if (Date.now() > deadline) {
      throw new NotAllowedError(
        `Object store: user ${target.user} is not let into bucket ${target.bucket} with its new key. Look at the user's policy on the store, then run it again.`,
      );
    }
    await sleep(500, undefined, { signal });
  }
}

async function removeAll(
  { instance, platform, signal }: BucketContext,
  options: RemoveOptions,
): Promise<Removal[]> {
  const { objectStore } = platform;
  const target = bucketTarget(instance);
  const [bucket, access] = await settled([
    objectStore.readBucket(target, signal),
    objectStore.readAccess(target, signal),
  ]);
  const bucketObject = {
    system: SYSTEM,
    object: `bucket ${target.bucket}`,
  } as const;
  const userObject = { system: SYSTEM, object: `user ${target.user}` } as const;
  const removeBucket = async (): Promise<Removal> => {
    if (!bucket) {
      return { ...bucketObject, result: 'absent' };
    }
    if (!isOurBucket(instance, access, bucket)) {
      return { ...bucketObject, result: 'kept', detail: FOREIGN };
    }
    if (options.data === 'keep') {
      return { ...bucketObject, result: 'kept', detail: 'data is kept' };
    }
    await objectStore.deleteBucket(target.bucket, signal);
    return { ...bucketObject, result: 'removed' };
  };
  const removeUser = async (): Promise<Removal> => {
    if (!access) {
      return { ...userObject, result: 'absent' };
    }
    if (access.mark !== target.mark) {
      return { ...userObject, result: 'kept', detail: FOREIGN };
    }
    await objectStore.revoke(target, signal);
    return { ...userObject, result: 'removed' };
  };
  return [
    ...(isWanted(options, bucketObject.object) ? [await removeBucket()] : []),
    ...(isWanted(options, userObject.object) ? [await removeUser()] : []),
  ];
}

function keptAsGiven({ instance }: BucketContext): Removal[] {
  return [
    {
      system: SYSTEM,
      object: `bucket ${instance.names.bucket}`,
      result: 'kept',
      detail: 'the portal does not administer this store',
    },
  ];
}

async function observeKey(
  ctx: BucketContext,
): Promise<{ key: BucketObserved['key']; secret: ObservedSecret }> {
  const { instance, platform, signal } = ctx;
  const { bucket, secrets } = instance.names;
  const secret = await observeSecret(ctx, secrets.objectStore);
  const held = keyOf(secret.values);
  if (!held) {
    return { key: 'missing', secret };
  }
  const accepted = await platform.objectStore.accepts(bucket, held, signal);
  return { key: accepted ? 'accepted' : 'refused', secret };
}

async function heldKey({
  instance,
  platform,
  signal,
}: BucketContext): Promise<AccessKey | undefined> {
  return keyOf(
    await platform.secrets.read(
      instance,
      instance.names.secrets.objectStore,
      signal,
    ),
  );
}

function keyOf(held: SecretValues | undefined): AccessKey | undefined {
  return held?.AWS_ACCESS_KEY_ID && held.AWS_SECRET_ACCESS_KEY
    ? {
        accessKeyId: held.AWS_ACCESS_KEY_ID,
        secretAccessKey: held.AWS_SECRET_ACCESS_KEY,
      }
    : undefined;
}

function toSecret(key: AccessKey): SecretValues {
  return {
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  };
}
