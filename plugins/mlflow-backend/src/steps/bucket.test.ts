import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { PlatformConfig } from '../platform/config';
import { createObjectStore } from '../systems/objectstore/createObjectStore';
import { ObjectStore } from '../systems/objectstore/ObjectStore';
import { crashEverywhere, crashing } from '../__testUtils__/crash';
import {
  homonymElsewhere,
  homonymOf,
  testInstance,
} from '../__testUtils__/instance';
import { SeaweedFs, startSeaweedFs } from '../__testUtils__/seaweedfs';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { bucketStep } from './bucket';
import { namespaceStep } from './namespace';
import { runStep } from './runStep';

const sandbox = sandboxPlatform();
let seaweedFs: SeaweedFs | undefined;

afterAll(async () => {
  await sandbox.close();
});

describe.each(['minio', 'iam'] as const)('on a store of type %s', type => {
  const instance = testInstance();
  const { bucket, bucketUser, secrets } = instance.names;
  let config: PlatformConfig['objectStore'] = sandbox.config.objectStore;
  let objectStore: ObjectStore = sandbox.objectStore;
  const platform = () => ({ ...sandbox, objectStore });
  const ctx = () => contextOf(instance, platform());

  const s3With = (key: { accessKeyId: string; secretAccessKey: string }) =>
    new S3Client({
      endpoint: config.endpoint,
      region: config.region,
      forcePathStyle: true,
      credentials: key,
    });
  const keyOf = async () => {
    const held = await sandbox.secrets.read(instance, secrets.objectStore);
    return {
      accessKeyId: held?.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: held?.AWS_SECRET_ACCESS_KEY ?? '',
    };
  };
  const results = async (data: 'keep' | 'delete') =>
    (await bucketStep.remove(ctx(), { data })).map(
      ({ object, result }) => `${result} ${object}`,
    );

  beforeAll(async () => {
    if (type === 'iam') {
      seaweedFs = await startSeaweedFs();
      config = seaweedFs.config;
      objectStore = createObjectStore({ objectStore: config });
    }
    await runStep(namespaceStep, ctx());
  }, 120_000);

  afterAll(async () => {
    await bucketStep.remove(ctx(), { data: 'delete' });
    await namespaceStep.remove(ctx(), { data: 'delete' });
    if (type === 'iam') {
      await objectStore.close();
      await seaweedFs?.stop();
    }
  });

  it('makes bucket, user and key, and finds nothing to do again', async () => {
    expect(await actionsOf(bucketStep, ctx())).toEqual([
      'create',
      'create',
      'create',
    ]);
    expect(await actionsOf(bucketStep, ctx())).toEqual([
      'keep',
      'keep',
      'keep',
    ]);
  });

  it('gives the key this bucket and nothing else', async () => {
    const s3 = s3With(await keyOf());
    const object = { Bucket: bucket, Key: 'artifacts/a' };

    await s3.send(new PutObjectCommand({ ...object, Body: 'x' }));
    const read = await s3.send(new GetObjectCommand(object));

    expect(await read.Body?.transformToString()).toBe('x');
    await expect(
      s3.send(new ListObjectsV2Command({ Bucket: 'mlflow-t-elsewhere' })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(
      s3.send(
        new PutBucketTaggingCommand({
          Bucket: bucket,
          Tagging: { TagSet: [{ Key: 'mlflow.org/mark', Value: 'stolen' }] },
        }),
      ),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('counts what lies in the bucket', async () => {
    expect(await objectStore.readUsage(bucket, ctx().signal)).toEqual({
      bytes: 1,
      objects: 1,
    });
  });

  it('lets in nobody without a key', async () => {
    await s3With(config).send(
      new PutBucketPolicyCommand({
        Bucket: bucket,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: '*',
              Action: ['s3:GetObject'],
              Resource: [`arn:aws:s3:::${bucket}/*`],
            },
          ],
        }),
      }),
    );
    const url = `${config.endpoint}/${bucket}/artifacts/a`;
    expect((await fetch(url)).status).toBe(200);

    const [change] = await runStep(bucketStep, ctx());

    expect(change.detail).toBe('is open to people without a key');
    expect((await fetch(url)).status).toBe(403);
  });

  it('repairs a key that is refused or lost', async () => {
    await sandbox.secrets.write(instance, secrets.objectStore, 'bucket', {
      AWS_SECRET_ACCESS_KEY: 'changed-by-hand-on-a-bad-day',
    });
    const before = await keyOf();
    expect((await actionsOf(bucketStep, ctx()))[1]).toBe('update');
    expect(await objectStore.accepts(bucket, await keyOf(), ctx().signal)).toBe(
      true,
    );
    expect(before.secretAccessKey).toBe('changed-by-hand-on-a-bad-day');

    await sandbox.secrets.remove(instance, secrets.objectStore, 'bucket');
    await runStep(bucketStep, ctx());
    expect(await objectStore.accepts(bucket, await keyOf(), ctx().signal)).toBe(
      true,
    );
    expect(await actionsOf(bucketStep, ctx())).toEqual([
      'keep',
      'keep',
      'keep',
    ]);
  });

  it('leaves bucket and user of another owner alone', async () => {
    const other = contextOf(homonymOf(instance), platform());
    const elsewhere = contextOf(homonymElsewhere(instance), platform());
    const key = await keyOf();

    await expect(runStep(bucketStep, other)).rejects.toThrow(
      `user ${bucketUser} is not ours (belongs to ${instance.mark}). Kubernetes: secret ${secrets.objectStore} is not ours`,
    );
    await expect(runStep(bucketStep, elsewhere)).rejects.toThrow(
      `bucket ${bucket} is not ours (belongs to ${instance.mark}). Object store: user ${bucketUser} is not ours`,
    );
    const removals = await bucketStep.remove(other, { data: 'delete' });
    expect(removals.map(({ result }) => result)).toEqual(
      removals.map(() => 'kept'),
    );
    expect(await objectStore.accepts(bucket, key, other.signal)).toBe(true);
  });

  it('makes nothing before the instance has its namespace', async () => {
    const early = contextOf(testInstance(), platform());

    await expect(runStep(bucketStep, early)).rejects.toThrow(
      `namespace ${early.instance.names.namespace} does not exist`,
    );
    expect(await bucketStep.observe(early)).toMatchObject({
      bucket: undefined,
      access: undefined,
    });
  });

  it('does not take over a bucket that somebody else made', async () => {
    const mine = testInstance();
    const stranger = contextOf(mine, platform());
    const target = {
      bucket: mine.names.bucket,
      user: mine.names.bucketUser,
      mark: mine.mark,
      bytes: 1,
    };
    await objectStore.createBucket(target, stranger.signal);

    await expect(runStep(bucketStep, stranger)).rejects.toThrow(
      'was made by somebody else: it bears no mark',
    );
    expect(
      await objectStore.readAccess(target, stranger.signal),
    ).toBeUndefined();
    await objectStore.deleteBucket(target.bucket, stranger.signal);
  });

  it('keeps data when asked to, and takes it up again', async () => {
    const key = await keyOf();

    expect(await results('keep')).toEqual([
      `kept bucket ${bucket}`,
      `removed user ${bucketUser}`,
      `removed secret ${secrets.objectStore}`,
    ]);
    expect(await objectStore.accepts(bucket, key, ctx().signal)).toBe(false);

    await runStep(bucketStep, ctx());
    const read = await s3With(await keyOf()).send(
      new GetObjectCommand({ Bucket: bucket, Key: 'artifacts/a' }),
    );
    expect(await read.Body?.transformToString()).toBe('x');
  });

  it('removes a bucket with all that is in it, and twice is once', async () => {
    expect(await results('delete')).toEqual([
      `removed bucket ${bucket}`,
      `removed user ${bucketUser}`,
      `removed secret ${secrets.objectStore}`,
    ]);
    expect(await results('delete')).toEqual([
      `absent bucket ${bucket}`,
      `absent user ${bucketUser}`,
      `absent secret ${secrets.objectStore}`,
    ]);
  });

  it('is repaired by running it again, wherever it was cut off', async () => {
    const crashes = await crashEverywhere(fuse =>
      runStep(
        bucketStep,
        contextOf(instance, {
          ...sandbox,
          objectStore: crashing(objectStore, fuse),
          secrets: crashing(sandbox.secrets, fuse),
        }),
      ),
    );

    expect(crashes).toBeGreaterThan(5);
    expect(await actionsOf(bucketStep, ctx())).toEqual([
      'keep',
      'keep',
      'keep',
    ]);
    expect(await objectStore.accepts(bucket, await keyOf(), ctx().signal)).toBe(
      true,
    );
  });

  it('never says the key, in a plan, a line of progress or an error', async () => {
    const run = ctx();
    await runStep(bucketStep, run);
    const observed = await bucketStep.observe(run);
    const error: unknown = await runStep(
      bucketStep,
      contextOf(homonymOf(instance), platform()),
    ).catch(e => e);
    const said = JSON.stringify([
      observed,
      bucketStep.plan(instance, observed),
      run.lines,
      String(error),
    ]);

    expect(said).not.toContain((await keyOf()).secretAccessKey);
    expect(said).not.toContain(config.secretAccessKey);
  });
});
