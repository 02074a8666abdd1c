import { randomBytes } from 'node:crypto';
import { ANNOTATION_ORIGIN_LOCATION, Entity } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { toInstance } from '../instances/toInstance';
import { identityStep } from '../steps/identity';
import { namespaceStep } from '../steps/namespace';
import { actionsFor, OWNER, runAction } from '../__testUtils__/actions';
import { Answer } from '../__testUtils__/PolicyFake';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { contextOf, sandboxPlatform } from '../__testUtils__/stepContext';

jest.setTimeout(60_000);

const config = sandboxPlatformConfig();
const platform = sandboxPlatform();
const name = `t-${randomBytes(4).toString('hex')}`;
const instance = `${config.name}/${name}`;
const OTHER_TEAM = 'group:default/team-b';

/** A user of the demo's organisation as Keycloak's import gives it. */
async function userOf(role: string, team: string): Promise<Entity> {
  const [found] = await platform.keycloak.call(
    {
      what: `find user ${role}`,
      role: 'manage-users',
      signal: AbortSignal.timeout(20_000),
    },
    admin => admin.users.find({ email: `${role}@example.com`, exact: true }),
  );
  const { url, realm } = config.keycloak;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: role,
      namespace: 'default',
      annotations: {
        'keycloak.org/id': `${found.id}`,
        'keycloak.org/realm': realm,
        [ANNOTATION_ORIGIN_LOCATION]: `url:${url}/admin/realms/${realm}/users/${found.id}`,
      },
    },
    spec: {},
    relations: [{ type: 'memberOf', targetRef: team }],
  };
}

async function start(answer: Answer = () => AuthorizeResult.ALLOW) {
  const people = await Promise.all([
    userOf('owner', OWNER),
    userOf('member', OWNER),
    userOf('outsider', OTHER_TEAM),
  ]);
  const { actions } = actionsFor(config, { answer, shows: [name], people });
  return async (id: string, input: object, taskId?: string) => {
    const action = actions.get(`mlflow:${id}`);
    if (!action) {
      throw new Error(`There is no action ${id}`);
    }
    return runAction(action, { ...input }, { taskId });
  };
}

afterAll(async () => {
  const record = await platform.records.get(name);
  if (record) {
    const ctx = contextOf(toInstance(record), platform);
    await identityStep.remove(ctx, { data: 'delete' });
    await namespaceStep.remove(ctx, { data: 'delete' });
    await platform.records.remove(name, record.id);
  }
  await platform.close();
});

describe('mlflow:instance:transfer', () => {
  it('lets the new owners in, says who keeps access, and is done once', async () => {
    const run = await start();
    await run('instance:claim', {
      platform: config.name,
      name,
      owner: OWNER,
    });
    await expect(
      run('instance:transfer', { instance, owner: OTHER_TEAM }, 'task-2'),
    ).rejects.toThrow(/is at work on|is not finished \(running\)/);
    for (const step of [
      'namespace:ensure',
      'identity:ensure',
      'access:grant',
    ]) {
      await run(step, { instance });
    }
    await run('instance:publish', { instance });

    const transfer = {
      instance,
      owner: OTHER_TEAM,
      admin: 'user:default/outsider',
    };
    const membership = (group: string, action: string) => ({
      system: 'Keycloak',
      object: `membership of user:default/outsider in group mlflow-${name}-${group}`,
      action,
    });
    const first = await run('instance:transfer', transfer, 'task-2');
    expect(first).toEqual({
      owner: OTHER_TEAM,
      keeps: ['user:default/owner as admin', 'user:default/member as user'],
      changes: [membership('admins', 'create'), membership('users', 'create')],
    });
    const given = await platform.records.require(name);
    expect(given).toMatchObject({
      generation: 2,
      spec: { owner: OTHER_TEAM },
      run: { state: 'done', taskId: 'task-1' },
    });

    const second = await run('instance:transfer', transfer, 'task-3');
    expect(second).toEqual({
      ...first,
      changes: [membership('admins', 'keep'), membership('users', 'keep')],
    });
    expect((await platform.records.require(name)).changedAt).toBe(
      given.changedAt,
    );
  });

  it('refuses who may not change it, and an admin from elsewhere', async () => {
    const input = { instance, owner: OWNER };
    const denied = await start(() => AuthorizeResult.DENY);
    await expect(denied('instance:transfer', input)).rejects.toThrow(
      /You lack the permission mlflow.instance.update/,
    );
    const run = await start();
    await expect(
      run('instance:transfer', { ...input, admin: 'user:default/outsider' }),
    ).rejects.toThrow(/outsider is no member of group:default\/team-a/);
  });
});
