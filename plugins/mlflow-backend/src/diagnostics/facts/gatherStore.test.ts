import { testInstance } from '../../__testUtils__/instance';
import { contextOf, sandboxPlatform } from '../../__testUtils__/stepContext';
import { bucketStep } from '../../steps/bucket';
import { namespaceStep } from '../../steps/namespace';
import { runStep } from '../../steps/runStep';
import { Instance, StepContext } from '../../steps/Step';
import { gatherStore } from './gatherStore';

const platform = sandboxPlatform();
const instance = testInstance();
const ctx = contextOf(instance, platform);

beforeAll(async () => {
  await runStep(namespaceStep, ctx);
  await runStep(bucketStep, ctx);
});

afterAll(async () => {
  await bucketStep.remove(ctx, { data: 'delete' });
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

/** A context in which the Secret holds another key. */
function withKey(change: Record<string, string>): StepContext {
  const { secrets } = platform;
  return {
    ...ctx,
    platform: {
      ...platform,
      secrets: Object.assign(Object.create(secrets), {
        read: async (...asked: Parameters<typeof secrets.read>) => ({
          ...(await secrets.read(...asked)),
          ...change,
        }),
      }),
    },
  };
}

const ofBucket = (bucket: string): Instance => ({
  ...instance,
  names: { ...instance.names, bucket },
});

it('is let in by the key of the Secret', async () => {
  expect(await gatherStore(ctx)).toEqual({
    bucket: instance.names.bucket,
    endpoint: platform.config.objectStore.endpoint,
    listing: { ok: true },
  });
});

it.each([
  ['a secret that is not the key’s', { AWS_SECRET_ACCESS_KEY: 'x'.repeat(40) }],
  ['a key that nobody knows', { AWS_ACCESS_KEY_ID: 'nobody' }],
])('says that the store refuses %s', async (_case, change) => {
  const { listing } = await gatherStore(withKey(change));
  expect(listing).toMatchObject({ ok: false, kind: 'key' });
});

it('says that the Secret holds no key', async () => {
  const { listing } = await gatherStore(withKey({ AWS_ACCESS_KEY_ID: '' }));
  expect(listing).toMatchObject({ ok: false, kind: 'secret' });
});

it('tells a bucket that is gone from one that is another’s', async () => {
  const { accessKeyId, secretAccessKey } = platform.config.objectStore;
  const asPortal = withKey({
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  });
  const gone = await gatherStore({
    ...asPortal,
    instance: ofBucket('mlflow-there-is-none'),
  });
  expect(gone.listing).toMatchObject({ ok: false, kind: 'missing' });

  const foreign = await gatherStore({
    ...ctx,
    instance: ofBucket('somebody-elses'),
  });
  expect(foreign.listing).toMatchObject({ ok: false, kind: 'forbidden' });
});

it('says that the store does not answer', async () => {
  const config = {
    ...platform.config,
    objectStore: {
      ...platform.config.objectStore,
      endpoint: 'http://127.0.0.1:1',
    },
  };
  const { listing } = await gatherStore({
    ...ctx,
    platform: { ...platform, config },
  });
  expect(listing).toMatchObject({ ok: false, kind: 'unreachable' });
});
