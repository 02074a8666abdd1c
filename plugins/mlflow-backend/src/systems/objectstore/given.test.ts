import { testInstance } from '../../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../../__testUtils__/stepContext';
import { bucketStep } from '../../steps/bucket';
import { bucketTarget } from '../../steps/bucketPlan';
import { namespaceStep } from '../../steps/namespace';
import { runStep } from '../../steps/runStep';
import { createObjectStore } from './createObjectStore';

const sandbox = sandboxPlatform();
const { config, objectStore: minio } = sandbox;
const given = createObjectStore({
  ...config,
  objectStore: { ...config.objectStore, type: 'given' },
});
const instance = testInstance();
const target = bucketTarget(instance);
const { objectStore: secret } = instance.names.secrets;
const ctx = contextOf(instance, { ...sandbox, objectStore: given });

beforeAll(async () => {
  await runStep(namespaceStep, ctx);
});

afterAll(async () => {
  await minio.deleteBucket(target.bucket, ctx.signal);
  await namespaceStep.remove(ctx, { data: 'delete' });
  await given.close();
  await sandbox.close();
});

it('says who must make the bucket as long as there is none', async () => {
  await expect(runStep(bucketStep, ctx)).rejects.toMatchObject({
    name: 'NotFoundError',
    message: expect.stringContaining(`bucket ${target.bucket} does not exist`),
  });
});

it('gives the instance the key of the platform, and changes nothing else', async () => {
  await minio.createBucket(target, ctx.signal);

  expect(await actionsOf(bucketStep, ctx)).toEqual(['keep', 'keep', 'create']);
  expect(await actionsOf(bucketStep, ctx)).toEqual(['keep', 'keep', 'keep']);
  expect(await sandbox.secrets.read(instance, secret)).toEqual({
    AWS_ACCESS_KEY_ID: config.objectStore.accessKeyId,
    AWS_SECRET_ACCESS_KEY: config.objectStore.secretAccessKey,
  });
  expect((await minio.readBucket(target, ctx.signal))?.mark).toBeUndefined();
});

it('keeps the bucket whatever is asked', async () => {
  const [removal] = await bucketStep.remove(ctx, { data: 'delete' });

  expect(removal.result).toBe('kept');
  expect(await minio.readBucket(target, ctx.signal)).toBeDefined();
});
