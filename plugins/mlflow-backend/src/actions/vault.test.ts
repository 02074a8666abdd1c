import { randomBytes } from 'node:crypto';
import { JsonObject } from '@backstage/types';
import { toInstance } from '../instances/toInstance';
import { PlatformConfig } from '../platform/config';
import { Platform } from '../platform/Platform';
import { bucketStep } from '../steps/bucket';
import { databaseStep } from '../steps/database';
import { identityStep } from '../steps/identity';
import { namespaceStep } from '../steps/namespace';
import { KubernetesSecretStore } from '../systems/secrets/kubernetes';
import { actionsFor, OWNER, runAction } from '../__testUtils__/actions';
import { contextOf } from '../__testUtils__/stepContext';
import { vaultPlatformConfig } from '../__testUtils__/vault';

jest.setTimeout(120_000);

/** Everything but a server, for which there would have to be an image. */
const STEPS = [
  'mlflow:image:ensure',
  'mlflow:namespace:ensure',
  'mlflow:database:ensure',
  'mlflow:bucket:ensure',
  'mlflow:identity:ensure',
  'mlflow:access:grant',
  'mlflow:migration:run',
  'mlflow:instance:publish',
];

const withVault: PlatformConfig = {
  ...vaultPlatformConfig(),
  image: {
    ...vaultPlatformConfig().image,
    mode: 'prebuilt',
    prebuilt: {
      '3.17': `registry.example.com/mlflow:1@sha256:${'0'.repeat(64)}`,
    },
  },
};
const withoutVault: PlatformConfig = {
  ...withVault,
  secrets: { ...withVault.secrets, provider: 'kubernetes' },
};
const names: string[] = [];

const newName = () => {
  const name = `t-${randomBytes(4).toString('hex')}`;
  names.push(name);
  return name;
};

/** Runs all the steps. @returns what was done that is not `keep` */
async function runAll(
  config: PlatformConfig,
  name: string,
): Promise<{ platform: Platform; done: string[]; said: string }> {
  const { actions, platforms } = actionsFor(config, { shows: [name] });
  const run = (id: string, input: JsonObject) => {
    const action = actions.get(id);
    if (!action) {
      throw new Error(`There is no action ${id}`);
    }
    return runAction(action, input);
  };
  const outputs = [
    await run('mlflow:instance:claim', {
      platform: config.name,
      name,
      owner: OWNER,
    }),
  ];
  for (const id of STEPS) {
    outputs.push(await run(id, { instance: `${config.name}/${name}` }));
  }
  const changes = outputs.flatMap(({ changes: found }) =>
    Array.isArray(found) ? found.map(Object) : [],
  );
  return {
    platform: platforms.get(config.name),
    done: changes
      .filter(({ action }) => action !== 'keep')
      .map(({ action, object }) => `${action} ${object}`),
    said: JSON.stringify(outputs),
  };
}

async function secretsOf(platform: Platform, name: string) {
  const record = await platform.records.require(name);
  const instance = toInstance(record);
  const pods = new KubernetesSecretStore(platform.kubernetes);
  const all = Object.values(instance.names.secrets);
  const read = (store: Pick<typeof pods, 'read'>) =>
    Promise.all(all.map(secret => store.read(instance, secret)));
  return {
    record,
    held: await read(platform.secrets),
    inPods: await read(pods),
  };
}

/** Removes what the steps made, but for namespace and record. */
async function removePieces(platform: Platform, name: string) {
  const record = await platform.records.require(name);
  const ctx = contextOf(toInstance(record), platform);
  await identityStep.remove(ctx, { data: 'delete' });
  await bucketStep.remove(ctx, { data: 'delete' });
  await databaseStep.remove(ctx, { data: 'delete' });
}

afterAll(async () => {
  const platform = actionsFor(withVault).platforms.get(withVault.name);
  for (const name of names) {
    const record = await platform.records.get(name);
    if (record) {
      await removePieces(platform, name);
      const ctx = contextOf(toInstance(record), platform);
      await namespaceStep.remove(ctx, { data: 'delete' });
      await platform.records.remove(name, record.id);
    }
  }
  await platform.close();
});

it('a run with secrets in Vault fills the same Secrets, changes nothing again, and its removal leaves none', async () => {
  const name = newName();
  const first = await runAll(withVault, name);
  const { record, held, inPods } = await secretsOf(first.platform, name);
  expect(record.run.state).toBe('done');
  expect(held).not.toContain(undefined);
  expect(inPods).toEqual(held);

  const second = await runAll(withVault, name);
  expect(second.done).toEqual([]);
  expect((await secretsOf(second.platform, name)).held).toEqual(held);

  const secrets = held
    .flatMap(secret => Object.entries(secret ?? {}))
    .filter(([key]) => key !== 'username' && !key.endsWith('_ID'))
    .map(([, value]) => value);
  expect(secrets.length).toBeGreaterThan(6);
  const said = JSON.stringify([record, first.said, second.said]);
  expect(secrets.filter(secret => said.includes(secret))).toEqual([]);

  await removePieces(first.platform, name);
  const left = await secretsOf(first.platform, name);
  expect([...left.held, ...left.inPods].filter(Boolean)).toEqual([]);
  await first.platform.close();
  await second.platform.close();
});

it('a run after the provider was changed takes passwords and keys over', async () => {
  const name = newName();
  const before = await runAll(withoutVault, name);
  const { inPods: old } = await secretsOf(before.platform, name);
  await before.platform.close();

  const moved = await runAll(withVault, name);
  const { held, inPods } = await secretsOf(moved.platform, name);
  expect(inPods).toEqual(held);
  // The store's key is made anew; all that encrypts or logs in stays.
  const stable = (secrets: typeof held) =>
    secrets.filter(secret => !secret?.AWS_ACCESS_KEY_ID);
  expect(stable(held)).toEqual(stable(old));
  await moved.platform.close();

  const again = await runAll(withVault, name);
  expect(again.done).toEqual([]);
  await again.platform.close();
});

it('the check of a platform finds nothing missing, and names what is', async () => {
  const check = async (config: PlatformConfig) => {
    const { actions, platforms } = actionsFor(config);
    const action = actions.get('mlflow:platform:check');
    if (!action) {
      throw new Error('There is no check of a platform');
    }
    try {
      return await runAction(action, { platform: config.name });
    } finally {
      await platforms.get(config.name).close();
    }
  };
  const { findings } = await check(vaultPlatformConfig());
  expect(findings).toEqual(
    expect.arrayContaining([
      { check: 'Secrets: their store can be used', ok: true },
    ]),
  );
  const { vault } = withVault.secrets;
  if (!vault) {
    throw new Error('The platform has no Vault');
  }
  await expect(
    check({
      ...withVault,
      secrets: { provider: 'vault', vault: { ...vault, mount: 'nowhere' } },
    }),
  ).rejects.toThrow(/Vault: there is no KV engine at nowhere\//);
});
