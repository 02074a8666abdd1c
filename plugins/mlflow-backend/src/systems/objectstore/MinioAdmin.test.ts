import { randomBytes } from 'node:crypto';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { BucketClient, createHttpHandler } from './BucketClient';
import { MinioAdmin } from './MinioAdmin';

const { objectStore: config, ca } = sandboxPlatformConfig();
const { signal } = new AbortController();
const bucket = `mlflow-t-${randomBytes(4).toString('hex')}`;
const buckets = new BucketClient(config, createHttpHandler(ca));
const admin = new MinioAdmin({ ...config, key: config, ca });

beforeAll(() => buckets.create(bucket, signal));

afterAll(async () => {
  await buckets.delete(bucket, signal);
  buckets.close();
  await admin.close();
});

it('tells with the rights of the portal what MinIO counted in a bucket', async () => {
  expect(await admin.readUsage(bucket, signal)).toEqual({
    bytes: 0,
    objects: 0,
  });
  expect(await admin.readUsage(`${bucket}-x`, signal)).toBeUndefined();
});
