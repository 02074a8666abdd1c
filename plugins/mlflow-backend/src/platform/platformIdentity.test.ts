import { randomBytes } from 'node:crypto';
import { V1ConfigMap, V1Namespace } from '@kubernetes/client-node';
import { clusterAdmin } from '../__testUtils__/clusterAdmin';
import { testRecord } from '../__testUtils__/instances';
import { toConfigMap } from '../instances/recordCodec';
import {
  assertPlatformIdentity,
  ensurePlatformIdentity,
  findPlatformIdentity,
} from './platformIdentity';

/** The records of a test lie in a namespace of their own, where the portal may not write. */
const kubernetes = clusterAdmin();
const namespace = `records-${randomBytes(4).toString('hex')}`;
const key = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'platform',
  namespace,
};

const write = (data: Record<string, string>) =>
  kubernetes.apply<V1ConfigMap>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'platform', namespace },
    data,
  });

const record = testRecord({ name: 'left-behind' });

beforeAll(async () => {
  await kubernetes.create<V1Namespace>({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
});

afterEach(async () => {
  await kubernetes.delete(key);
  await kubernetes.delete({ ...key, name: 'instance-left-behind' });
});

afterAll(async () => {
  await kubernetes.delete({
    apiVersion: 'v1',
    kind: 'Namespace',
    name: namespace,
  });
});

it('is made once, whoever asks first', async () => {
  expect(await findPlatformIdentity(kubernetes, namespace)).toBeUndefined();

  const all = await Promise.all(
    Array.from({ length: 5 }, () =>
      ensurePlatformIdentity(kubernetes, namespace),
    ),
  );

  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(await findPlatformIdentity(kubernetes, namespace)).toEqual(all[0]);
  await expect(
    assertPlatformIdentity(kubernetes, namespace, all[0].id),
  ).resolves.toBeUndefined();
});

describe('of another cluster', () => {
  beforeEach(async () => {
    await write({ id: 'origin', clusterUid: 'uid-of-the-origin' });
  });

  it.each([
    ['making it', () => ensurePlatformIdentity(kubernetes, namespace)],
    ['reading it', () => findPlatformIdentity(kubernetes, namespace)],
    [
      'changing an instance',
      () => assertPlatformIdentity(kubernetes, namespace, 'origin'),
    ],
  ])('stops %s, and says what an admin must decide', async (_, use) => {
    await expect(use()).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /were made on another cluster.*set clusterUid in ConfigMap .*\/platform to [0-9a-f-]{36}, or delete/,
      ),
    });
  });

  it('is this one’s once an admin says so', async () => {
    const reason: unknown = await ensurePlatformIdentity(
      kubernetes,
      namespace,
    ).catch(error => error);
    const [uid] = /[0-9a-f-]{36}/.exec(String(reason)) ?? [''];
    await write({ id: 'origin', clusterUid: uid });

    expect(await ensurePlatformIdentity(kubernetes, namespace)).toEqual({
      id: 'origin',
      clusterUid: uid,
    });
  });
});

it('is not made anew while there are records of instances', async () => {
  await kubernetes.create(toConfigMap(record, namespace));

  await expect(
    ensurePlatformIdentity(kubernetes, namespace),
  ).rejects.toMatchObject({
    name: 'ConflictError',
    message: expect.stringMatching(
      /is missing beside 1 records of instances. Restore it from a backup/,
    ),
  });
  expect(await kubernetes.get(key)).toBeUndefined();
});

it('is not guessed when half of it is lost', async () => {
  await write({ id: 'half' });

  await expect(ensurePlatformIdentity(kubernetes, namespace)).rejects.toThrow(
    /lacks id or clusterUid. Restore it from a backup/,
  );
});

it('of a record must be that of the platform', async () => {
  await ensurePlatformIdentity(kubernetes, namespace);

  await expect(
    assertPlatformIdentity(kubernetes, namespace, 'somebody-else'),
  ).rejects.toMatchObject({
    name: 'ConflictError',
    message: expect.stringContaining(
      'bears the mark of platform somebody-else',
    ),
  });
});
