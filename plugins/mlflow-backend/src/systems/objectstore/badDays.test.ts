import { BadDayProxy, Day } from '../../__testUtils__/BadDayProxy';
import { saysItShortly } from '../../__testUtils__/hostileText';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { BucketClient, createHttpHandler } from './BucketClient';
import { MinioAdmin } from './MinioAdmin';
import { MinioObjectStore } from './minio';

const { objectStore: config } = sandboxPlatformConfig();
const signal = AbortSignal.timeout(60_000);
const target = {
  bucket: 'mlflow-bad-day',
  user: 'mlflow-bad-day',
  mark: 'm',
  bytes: 1,
};
/** How long the clients wait here: long enough for a busy machine. */
const PATIENCE_MS = 4_000;

let proxy: BadDayProxy;
let store: MinioObjectStore;

function storeAt(
  endpoint: string,
  key: Partial<typeof config> = {},
): MinioObjectStore {
  const { region, accessKeyId, secretAccessKey } = { ...config, ...key };
  return new MinioObjectStore(
    new BucketClient(
      { ...config, ...key, endpoint },
      createHttpHandler(undefined, PATIENCE_MS),
    ),
    new MinioAdmin({
      endpoint,
      region,
      key: { accessKeyId, secretAccessKey },
      requestMs: PATIENCE_MS,
    }),
  );
}

const both = (asked: MinioObjectStore): (() => Promise<unknown>)[] => [
  () => asked.readBucket(target, signal),
  () => asked.readAccess(target, signal),
];

beforeEach(async () => {
  proxy = await BadDayProxy.listen(config.endpoint);
  store = storeAt(proxy.url);
});

afterEach(async () => {
  await store.close();
  await proxy.close();
});

const DAYS: [string, Day, RegExp][] = [
  ['silent', 'silent', /no answer .*endpoint and that the store is up/],
  ['cut off', 'cut', /no answer .*endpoint and that the store is up/],
  ['failing', { status: 500 }, /the store answered 500 .*log/],
  ['overloaded', { status: 503 }, /the store answered 503 .*log/],
];

describe.each(DAYS)('MinIO, %s', (_, day, sentence) => {
  it.each([
    ['buckets', () => store.readBucket(target, signal)],
    ['users', () => store.readAccess(target, signal)],
    ['making', () => store.createBucket(target, signal)],
  ])('is named with the remedy, and works again: %s', async (what, use) => {
    proxy.day = day;
    const started = Date.now();
    const error: unknown = await use().catch((e: unknown) => e);

    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/^Object store: could not /),
    });
    expect(String(error)).toMatch(sentence);
    expect(String(error)).not.toContain('s3cr3t');
    expect(saysItShortly(error)).toBe(true);
    expect(Date.now() - started).toBeLessThan(30_000);

    proxy.day = 'good';
    await use();
    if (what === 'making') {
      await store.deleteBucket(target.bucket, signal);
    }
  });
});

it.each([
  ['a wrong secret', { secretAccessKey: 'not-the-secret' }],
  ['an unknown key', { accessKeyId: 'nobody' }],
])('with %s names the keys of the config, not their values', async (_, key) => {
  const refused = storeAt(config.endpoint, key);

  for (const use of both(refused)) {
    const error: unknown = await use().catch((e: unknown) => e);
    expect(error).toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining(
        'Check accessKeyId and secretAccessKey in mlflow.platforms.<platform>.objectStore',
      ),
    });
    expect(String(error)).not.toContain('not-the-secret');
  }
  await refused.close();
});

it('at an address where nobody listens says where to look', async () => {
  const nowhere = storeAt('http://127.0.0.1:1');

  for (const use of both(nowhere)) {
    await expect(use()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(/no answer \(.*objectStore.endpoint/),
    });
  }
  await nowhere.close();
});

it('with a certificate of another CA says where the CA belongs', async () => {
  // Keycloak's own address: https, and signed by the sandbox's CA.
  const untrusted = storeAt(sandboxPlatformConfig().keycloak.url);

  for (const use of both(untrusted)) {
    await expect(use()).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringMatching(
        /its certificate is not trusted .*mlflow.platforms.<platform>.ca/,
      ),
    });
  }
  await untrusted.close();
});
