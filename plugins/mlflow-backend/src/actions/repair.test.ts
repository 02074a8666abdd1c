import { randomBytes } from 'node:crypto';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { instanceNames } from 'backstage-plugin-mlflow-common';
import { toInstance } from '../instances/toInstance';
import { PlatformConfig } from '../platform/config';
import { bucketStep } from '../steps/bucket';
import { databaseStep } from '../steps/database';
import { identityStep } from '../steps/identity';
import { namespaceStep } from '../steps/namespace';
import { findClient, updateClient } from '../systems/keycloak/clients';
import { actionsFor, OWNER, runAction } from '../__testUtils__/actions';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { contextOf } from '../__testUtils__/stepContext';

jest.setTimeout(120_000);

/** Everything but a server, for which there would have to be an image. */
const STEPS = [
  'mlflow:namespace:ensure',
  'mlflow:database:ensure',
  'mlflow:bucket:ensure',
  'mlflow:identity:ensure',
  'mlflow:access:grant',
  'mlflow:instance:publish',
];

const sandbox = sandboxPlatformConfig();
const config: PlatformConfig = {
  ...sandbox,
  image: {
    ...sandbox.image,
    mode: 'prebuilt',
    prebuilt: {
      '3.17': `registry.example.com/mlflow:1@sha256:${'0'.repeat(64)}`,
    },
  },
};
const name = `t-${randomBytes(4).toString('hex')}`;
const names = instanceNames(name);
const instance = `${config.name}/${name}`;
const { actions, platforms } = actionsFor(config, { shows: [name] });
const platform = platforms.get(config.name);

const run = (
  id: string,
  taskId: string,
  input: JsonObject = { instance },
  options: { isDryRun?: boolean } = {},
) => {
  const action = actions.get(id);
  if (!action) {
    throw new Error(`There is no action ${id}`);
  }
  return runAction(action, input, { taskId, ...options });
};

const repair = (taskId: string) =>
  run('mlflow:instance:resume', taskId, { instance, repair: true });

/** What the steps of a task did, but for what stays. */
async function steps(taskId: string): Promise<string[]> {
  const done: string[] = [];
  for (const id of STEPS) {
    const { changes } = await run(id, taskId);
    for (const change of Array.isArray(changes) ? changes : []) {
      const { action, object } = Object(change);
      if (action !== 'keep') {
        done.push(`${action} ${object}`);
      }
    }
  }
  return done;
}

const secret = {
  apiVersion: 'v1',
  kind: 'Secret',
  name: names.secrets.database,
  namespace: names.namespace,
};

const signal = AbortSignal.timeout(110_000);

const redirectUris = async () =>
  (await findClient(platform.keycloak, names.client, signal))?.redirectUris;

afterAll(async () => {
  const record = await platform.records.get(name);
  if (record) {
    const ctx = contextOf(toInstance(record), platform);
    await identityStep.remove(ctx, { data: 'delete' });
    await bucketStep.remove(ctx, { data: 'delete' });
    await databaseStep.remove(ctx, { data: 'delete' });
    await namespaceStep.remove(ctx, { data: 'delete' });
    await platform.records.remove(name, record.id);
  }
  await platform.close();
});

describe('a repair', () => {
  it('is for what was complete', async () => {
    const input = { platform: config.name, name, owner: OWNER };
    await run('mlflow:instance:claim', 'task-1', input);
    await expect(repair('task-1')).rejects.toThrow(
      /was never complete. Continue its run instead/,
    );
    await steps('task-1');
    expect((await platform.records.require(name)).run.state).toBe('done');
  });

  it('makes what is missing, sets right what differs, and twice is once', async () => {
    const { platformId, id } = await platform.records.require(name);
    const right = await redirectUris();
    await platform.kubernetes.delete(secret);
    await updateClient(
      platform.keycloak,
      names.client,
      `${platformId}/${id}`,
      { redirectUris: ['https://elsewhere.example.com/callback'] },
      signal,
    );

    const dry = await run(
      'mlflow:instance:resume',
      'task-dry',
      { instance, repair: true },
      { isDryRun: true },
    );
    expect(dry.instance).toBe(instance);
    expect((await platform.records.require(name)).run.taskId).toBe('task-1');
    expect(await platform.kubernetes.get(secret)).toBeUndefined();

    await repair('task-2');
    const did = await steps('task-2');

    expect(did).toEqual(
      expect.arrayContaining([
        `create secret ${names.secrets.database}`,
        `update client ${names.client}`,
      ]),
    );
    expect(await platform.kubernetes.get(secret)).toBeDefined();
    expect(await redirectUris()).toEqual(expect.arrayContaining(right ?? []));
    await repair('task-3');
    expect(await steps('task-3')).toEqual([]);
  });

  it('that is undone takes away nothing that was there before', async () => {
    await platform.kubernetes.delete(secret);
    await repair('task-4');
    await run('mlflow:namespace:ensure', 'task-4');
    await run('mlflow:database:ensure', 'task-4');
    const made = (await platform.records.require(name)).made;

    await run('mlflow:instance:undo', 'task-4');

    const record = await platform.records.require(name);
    expect(record.run.state).toBe('undone');
    expect(record.made).toEqual(
      made.filter(({ taskId }) => taskId !== 'task-4'),
    );
    const ctx = contextOf(toInstance(record), platform);
    const kept = databaseStep
      .plan(ctx.instance, await databaseStep.observe(ctx))
      .filter(
        change => change.system === 'PostgreSQL' && change.action === 'keep',
      )
      .map(({ object }) => object);
    expect(kept).toEqual(
      expect.arrayContaining([
        `database ${names.trackingDatabase}`,
        `database ${names.authDatabase}`,
      ]),
    );
    expect(await redirectUris()).toBeDefined();
  });

  it('is refused to who may not change the instance', async () => {
    const reader = actionsFor(config, {
      answer: permission =>
        permission === 'mlflow.instance.update'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    });
    const action = reader.actions.get('mlflow:instance:resume');
    await expect(
      action && runAction(action, { instance, repair: true }),
    ).rejects.toThrow(/You lack the permission mlflow.instance.update/);
    await reader.platforms.get(config.name).close();
  });
});
