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
import { removeSecrets } from './removeSecrets';
import { Plan, Removal, Step, StepContext } from './Step';
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
    const [bucket, access, key] = await settled([
      objectStore.readBucket(target, signal),
      objectStore.readAccess(target, signal),
      heldKey(ctx).then(async held => {
        if (!held) {
          return 'missing';
        }
        return (await objectStore.accepts(target.bucket, held, signal))
          ? 'accepted'
          : 'refused';
      }),
    ]);
    return { limitsSize: objectStore.limitsSize, bucket, access, key };
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

  async remove(
    ctx: BucketContext,
    { data }: { data: 'keep' | 'delete' },
  ): Promise<Removal[]> {
    const { instance, platform } = ctx;
    const removals =
      platform.objectStore.type === 'given'
        ? keptAsGiven(ctx)
        : await removeAll(ctx, data);
    return [
      ...removals,
      ...(await removeSecrets(ctx, PART, [instance.names.secrets.objectStore])),
    ];
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
  await objectStore.createBucket(target, signal);
  const bucket = await objectStore.readBucket(target, signal);
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
  data: 'keep' | 'delete',
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
  const removals: Removal[] = [];
  if (!bucket) {
    removals.push({ ...bucketObject, result: 'absent' });
  } else if (!isOurBucket(instance, access, bucket)) {
    removals.push({ ...bucketObject, result: 'kept', detail: FOREIGN });
  } else if (data === 'keep') {
    removals.push({ ...bucketObject, result: 'kept', detail: 'data is kept' });
  } else {
    await objectStore.deleteBucket(target.bucket, signal);
    removals.push({ ...bucketObject, result: 'removed' });
  }
  if (!access) {
    removals.push({ ...userObject, result: 'absent' });
  } else if (access.mark !== target.mark) {
    removals.push({ ...userObject, result: 'kept', detail: FOREIGN });
  } else {
    await objectStore.revoke(target, signal);
    removals.push({ ...userObject, result: 'removed' });
  }
  return removals;
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

async function heldKey({
  instance,
  platform,
  signal,
}: BucketContext): Promise<AccessKey | undefined> {
  const held = await platform.secrets.read(
    instance,
    instance.names.secrets.objectStore,
    signal,
  );
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
