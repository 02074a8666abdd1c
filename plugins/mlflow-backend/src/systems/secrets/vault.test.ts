import { KubernetesObject, V1Secret } from '@kubernetes/client-node';
import { crashEverywhere, crashing } from '../../__testUtils__/crash';
import { eventually } from '../../__testUtils__/eventually';
import { homonymElsewhere, testInstance } from '../../__testUtils__/instance';
import { contextOf } from '../../__testUtils__/stepContext';
import { vaultPlatform, vaultPlatformConfig } from '../../__testUtils__/vault';
import { namespaceStep } from '../../steps/namespace';
import { runStep } from '../../steps/runStep';
import { VaultClient } from '../vault/VaultClient';
import { ExternalSecretsObject, readyOf } from './externalSecret';
import { KubernetesSecretStore } from './kubernetes';
import { VaultSecretStore } from './vault';

jest.setTimeout(120_000);

const config = vaultPlatformConfig();
const platform = vaultPlatform();
const { secrets, kubernetes, fetch } = platform;
const instance = testInstance();
const { namespace } = instance.names;
const NAME = 'shared';
const API = 'external-secrets.io/v1';

if (config.secrets.provider !== 'vault') {
  throw new Error('This suite is about Vault.');
}
const described = config.secrets.vault;
const vault = new VaultClient(described, fetch);
const pathOf = (name: string, of = namespace) => `mlflow/${of}/${name}`;

const storeOf = (
  changes: Partial<typeof described>,
  client = vault,
  cluster = kubernetes,
  timeoutMs?: number,
) =>
  new VaultSecretStore({
    config: { ...described, ...changes },
    vault: client,
    kubernetes: cluster,
    ca: config.ca,
    timeoutMs,
  });
const storeOfNobody = (timeoutMs?: number) => {
  const externalSecrets = { ...described.externalSecrets, role: 'nobody' };
  return storeOf({ externalSecrets }, vault, kubernetes, timeoutMs);
};
const inPods = (name = NAME) =>
  new KubernetesSecretStore(kubernetes).read(instance, name);
const filler = (name = NAME) =>
  kubernetes.get<ExternalSecretsObject>({
    apiVersion: API,
    kind: 'ExternalSecret',
    name,
    namespace,
  });
const deleteObject = (apiVersion: string, kind: string, name: string) =>
  kubernetes.delete({ apiVersion, kind, name, namespace });

beforeAll(async () => {
  await runStep(namespaceStep, contextOf(instance, platform));
});

afterEach(async () => {
  await secrets.remove(instance, NAME, 'a');
  await secrets.remove(instance, NAME, 'b');
});

afterAll(async () => {
  await namespaceStep.remove(contextOf(instance, platform), { data: 'delete' });
  await vault.close();
  await platform.close();
});

it('bears the mark where people look, and hides nothing else from them', async () => {
  await secrets.write(instance, NAME, 'a', { one: '1' });
  expect((await vault.read(pathOf(NAME)))?.metadata).toEqual({
    'mlflow.org/mark': instance.mark,
    'mlflow.org/instance': instance.spec.name,
    'managed-by': 'backstage-mlflow',
  });
});

it('removes all versions, and leaves nothing in the namespace', async () => {
  await secrets.write(instance, NAME, 'a', { one: '1' });
  await secrets.write(instance, NAME, 'a', { one: '2' });
  expect(await secrets.remove(instance, NAME, 'a')).toBe('removed');
  expect(await vault.read(pathOf(NAME))).toBeUndefined();
  expect(await filler()).toBeUndefined();
  expect(await inPods()).toBeUndefined();
});

it('writes nothing when everything is there', async () => {
  const fill = () => secrets.fill(instance, NAME, 'a', { one: () => 'x' });
  await fill();
  const before = [await vault.read(pathOf(NAME)), await filler()];
  await fill();
  expect([await vault.read(pathOf(NAME)), await filler()]).toEqual(before);
});

it('counts a value as held once pods have it', async () => {
  await secrets.write(instance, NAME, 'a', { one: '1', two: '2' });
  await deleteObject(API, 'ExternalSecret', NAME);
  expect(await inPods()).toEqual({ one: '1', two: '2' });
  await deleteObject('v1', 'Secret', NAME);
  expect(await secrets.read(instance, NAME)).toBeUndefined();
  expect(
    await secrets.fill(instance, NAME, 'a', { one: () => 'another' }),
  ).toEqual({ one: '1' });
  expect(await secrets.read(instance, NAME)).toEqual({ one: '1', two: '2' });
});

it('brings a value that was changed in Vault by hand', async () => {
  await secrets.write(instance, NAME, 'a', { one: '1' });
  const entry = await vault.read(pathOf(NAME));
  await vault.write(
    pathOf(NAME),
    { ...entry?.values, one: 'by hand' },
    entry?.version ?? 0,
  );
  expect(await secrets.read(instance, NAME)).toBeUndefined();
  expect(
    await secrets.fill(instance, NAME, 'a', { one: () => 'unused' }),
  ).toEqual({ one: 'by hand' });
  expect(await inPods()).toEqual({ one: 'by hand' });
});

it('gives pods no key that somebody adds in Vault', async () => {
  await secrets.write(instance, NAME, 'a', { one: '1' });
  const entry = await vault.read(pathOf(NAME));
  await vault.write(
    pathOf(NAME),
    { ...entry?.values, LD_PRELOAD: '/evil' },
    entry?.version ?? 0,
  );
  await secrets.write(instance, NAME, 'a', { one: '2' });
  expect(await inPods()).toEqual({ one: '2' });
  expect((await vault.read(pathOf(NAME)))?.values?.LD_PRELOAD).toBe('/evil');
  expect(await secrets.remove(instance, NAME, 'a')).toBe('removed');
  expect(await vault.read(pathOf(NAME))).toBeUndefined();
});

it('loses no value when two parts write at once', async () => {
  await Promise.all([
    secrets.write(instance, NAME, 'a', { one: '1' }),
    secrets.write(instance, NAME, 'b', { two: '2' }),
  ]);
  expect(await secrets.read(instance, NAME)).toEqual({ one: '1', two: '2' });
});

it('takes over what the other provider wrote, with its parts', async () => {
  const before = new KubernetesSecretStore(kubernetes);
  await before.write(instance, NAME, 'a', { one: '1', two: '2' });
  await before.write(instance, NAME, 'b', { three: '3' });

  expect(await secrets.read(instance, NAME)).toBeUndefined();
  expect(
    await secrets.fill(instance, NAME, 'a', { one: () => 'another' }),
  ).toEqual({ one: '1' });
  expect(await secrets.read(instance, NAME)).toEqual({
    one: '1',
    two: '2',
    three: '3',
  });
  await secrets.write(instance, NAME, 'a', { one: 'rotated' });
  expect(await inPods()).toEqual({ one: 'rotated', two: '2', three: '3' });
  expect(await secrets.remove(instance, NAME, 'a')).toBe('removed');
  expect(await inPods()).toEqual({ three: '3' });
});

it('removes what the other provider wrote', async () => {
  const before = new KubernetesSecretStore(kubernetes);
  await before.write(instance, NAME, 'a', { one: '1' });
  expect(await secrets.remove(instance, NAME, 'a')).toBe('removed');
  expect(await inPods()).toBeUndefined();
});

it('does not touch a path that bears no mark, or another one', async () => {
  const name = 'by-hand';
  await vault.write(pathOf(name), { one: 'planted' }, 0);
  const refused = (owner: string) =>
    `Vault: secret/${pathOf(
      name,
    )} is not this instance's (${owner}). Have its owner remove it, then run it again.`;
  await expect(secrets.read(instance, name)).rejects.toThrow(
    refused('it bears no mark'),
  );
  await expect(
    secrets.write(instance, name, 'a', { one: '1' }),
  ).rejects.toMatchObject({ name: 'ConflictError' });
  expect(await secrets.remove(instance, name, 'a')).toBe('kept');
  await vault.describe(pathOf(name), { 'mlflow.org/mark': 'other/instance' });
  await expect(secrets.read(instance, name)).rejects.toThrow(
    refused('it belongs to other/instance'),
  );
  expect(await secrets.remove(instance, name, 'a')).toBe('kept');
  expect((await vault.read(pathOf(name)))?.values).toEqual({ one: 'planted' });
  await vault.destroy(pathOf(name));
});

it('lets no namespace read the secrets of another', async () => {
  await secrets.write(instance, NAME, 'a', { one: '1' });
  const other = homonymElsewhere(instance);
  const elsewhere = contextOf(other, platform);
  await runStep(namespaceStep, elsewhere);
  try {
    // That namespace has its own way to Vault, and it works.
    await secrets.write(other, NAME, 'a', { own: 'x' });
    const key = {
      apiVersion: API,
      kind: 'ExternalSecret',
      name: 'stolen',
      namespace: other.names.namespace,
    };
    await kubernetes.apply<KubernetesObject & { spec: object }>({
      apiVersion: API,
      kind: 'ExternalSecret',
      metadata: { name: 'stolen', namespace: other.names.namespace },
      spec: {
        secretStoreRef: { kind: 'SecretStore', name: 'mlflow-vault' },
        target: { name: 'stolen' },
        data: [
          {
            secretKey: 'one',
            remoteRef: { key: pathOf(NAME), property: 'one' },
          },
        ],
      },
    });
    await eventually(
      'it is refused',
      async () =>
        readyOf(await kubernetes.get<ExternalSecretsObject>(key))?.reason ===
        'SecretSyncedError',
    );
    const stolen = { ...key, apiVersion: 'v1', kind: 'Secret' };
    expect(await kubernetes.get<V1Secret>(stolen)).toBeUndefined();
  } finally {
    await secrets.remove(other, NAME, 'a');
    await namespaceStep.remove(elsewhere, { data: 'delete' });
  }
});

it('repairs a crash at any call by running it again', async () => {
  const values = { one: '1', two: '2' };
  const crashes = await crashEverywhere(
    async fuse => {
      const store = storeOf(
        {},
        crashing(vault, fuse),
        crashing(kubernetes, fuse),
      );
      await store.fill(instance, NAME, 'a', { one: () => '1', two: () => '2' });
      await store.write(instance, NAME, 'b', { three: '3' });
    },
    { step: 2 },
  );
  expect(crashes).toBeGreaterThan(5);
  expect(await secrets.read(instance, NAME)).toEqual({ ...values, three: '3' });

  await crashEverywhere(async fuse => {
    const store = storeOf(
      {},
      crashing(vault, fuse),
      crashing(kubernetes, fuse),
    );
    await store.remove(instance, NAME, 'a');
    await store.remove(instance, NAME, 'b');
  });
  expect(await vault.read(pathOf(NAME))).toBeUndefined();
  expect(await inPods()).toBeUndefined();
  expect(await filler()).toBeUndefined();
});

it('says in time why a Secret does not come, and goes on once it can', async () => {
  await deleteObject(API, 'SecretStore', 'mlflow-vault');
  await expect(
    storeOfNobody(5_000).write(instance, NAME, 'a', { one: '1' }),
  ).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringMatching(
      /^Vault: Secret .*\/shared has not got its values within 5 s: External Secrets cannot log in to https:.* \(InvalidProviderConfig\)\. Check that Vault is open, that the role nobody of auth\/kubernetes exists/,
    ),
  });
  await secrets.write(instance, NAME, 'a', { one: '1' });
  expect(await inPods()).toEqual({ one: '1' });
});

it('stops waiting when the task is cancelled', async () => {
  await deleteObject(API, 'SecretStore', 'mlflow-vault');
  const cancel = new AbortController();
  const began = Date.now();
  setTimeout(() => cancel.abort(new Error('cancelled by the user')), 1_000);
  await expect(
    storeOfNobody().write(instance, NAME, 'a', { one: '1' }, cancel.signal),
  ).rejects.toThrow('cancelled by the user');
  expect(Date.now() - began).toBeLessThan(5_000);
});
