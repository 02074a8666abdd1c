import { randomBytes } from 'node:crypto';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { parse } from 'yaml';
import { InstanceRecord } from '../instances/InstanceRecord';
import { CLAIM_STEP } from '../instances/made';
import { undoing } from '../instances/runPhase';
import { toInstance } from '../instances/toInstance';
import { PlatformConfig } from '../platform/config';
import { bucketStep } from '../steps/bucket';
import { databaseStep } from '../steps/database';
import { identityStep } from '../steps/identity';
import { namespaceStep, readNamespace } from '../steps/namespace';
import {
  actionsFor,
  AnyAction,
  OWNER,
  runAction,
} from '../__testUtils__/actions';
import { clusterAdmin } from '../__testUtils__/clusterAdmin';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { contextOf } from '../__testUtils__/stepContext';

jest.setTimeout(60_000);

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

const newName = () => `t-${randomBytes(4).toString('hex')}`;

const withPrebuiltImage = (config: PlatformConfig): PlatformConfig => ({
  ...config,
  image: {
    ...config.image,
    mode: 'prebuilt',
    prebuilt: {
      '3.17': `registry.example.com/mlflow:1@sha256:${'0'.repeat(64)}`,
    },
  },
});

const config = withPrebuiltImage(sandboxPlatformConfig());
const names: string[] = [];
const claimed = (name: string) => ({
  platform: config.name,
  name,
  owner: OWNER,
});

const get = (actions: Map<string, AnyAction>, id: string) => {
  const action = actions.get(id);
  if (!action) {
    throw new Error(`There is no action ${id}`);
  }
  return action;
};

const piecesOf = (record?: InstanceRecord) =>
  record?.made.filter(({ step }) => step !== CLAIM_STEP) ?? [];

const newInstance = () => {
  const name = newName();
  names.push(name);
  return { name, ...actionsFor(config, { shows: [name] }) };
};

afterAll(async () => {
  const { platforms } = actionsFor(config);
  const platform = platforms.get(config.name);
  for (const name of names) {
    const record = await platform.records.get(name);
    if (record) {
      const ctx = contextOf(toInstance(record), platform);
      await identityStep.remove(ctx, { data: 'delete' });
      await bucketStep.remove(ctx, { data: 'delete' });
      await databaseStep.remove(ctx, { data: 'delete' });
      await namespaceStep.remove(ctx, { data: 'delete' });
      await platform.records.remove(name, record.id);
    }
  }
  await platform.close();
});

describe('the actions of a run', () => {
  it('make an instance by their own examples; the second run changes nothing', async () => {
    const { name, actions, platforms } = newInstance();
    const instance = `${config.name}/${name}`;
    const run = async (id: string) => {
      const action = get(actions, id);
      const [{ example }] = action.examples ?? [];
      const [step] = parse(example).steps;
      expect(step.action).toBe(id);
      const input: JsonObject = step.input.instance
        ? { instance }
        : { ...step.input, ...claimed(name) };
      return runAction(action, input);
    };

    const claim = await run('mlflow:instance:claim');
    expect(claim).toMatchObject({
      instance,
      mlflowUrl: `https://mlflow-${name}.localhost/`,
    });
    for (const id of STEPS) {
      await run(id);
    }
    const platform = platforms.get(config.name);
    const first = await platform.records.require(name);
    expect(first.run.state).toBe('done');
    expect(first.made.map(({ object }) => object)).toEqual(
      expect.arrayContaining([
        `namespace mlflow-${name}`,
        `client mlflow-${name}`,
      ]),
    );

    await run('mlflow:instance:claim');
    for (const id of STEPS) {
      const { changes = [] } = await run(id);
      expect(changes).toEqual(
        Array.isArray(changes)
          ? changes.map(change => ({ ...Object(change), action: 'keep' }))
          : [],
      );
    }
    const second = await platform.records.require(name);
    expect(second.id).toBe(first.id);
    expect(second.made).toEqual(first.made);
    await platform.close();
  });

  it('leave no secret in the record or the outputs', async () => {
    const { name, actions, platforms } = newInstance();
    const platform = platforms.get(config.name);
    const instance = `${config.name}/${name}`;
    const outputs = [
      await runAction(get(actions, 'mlflow:instance:claim'), claimed(name)),
    ];
    for (const id of STEPS) {
      outputs.push(await runAction(get(actions, id), { instance }));
    }
    const record = await platform.records.require(name);
    const owner = toInstance(record);
    const values = await Promise.all(
      Object.values(owner.names.secrets).map(secret =>
        platform.secrets.read(owner, secret),
      ),
    );
    const secrets = values
      .flatMap(secret => Object.entries(secret ?? {}))
      .filter(([key]) => key !== 'username' && !key.endsWith('_ID'))
      .map(([, value]) => value);
    expect(secrets.length).toBeGreaterThan(6);
    const said = JSON.stringify([record, outputs]);
    for (const secret of secrets) {
      expect(said.includes(secret)).toBe(false);
    }
    await platform.close();
  });

  it.each(['mlflow:instance:claim', ...STEPS])(
    'refuse a user without the right: %s',
    async id => {
      const { name } = newInstance();
      const allowed = actionsFor(config);
      const denied = actionsFor(config, { answer: () => AuthorizeResult.DENY });
      const input =
        id === 'mlflow:instance:claim'
          ? claimed(name)
          : { instance: `${config.name}/${name}` };
      if (id !== 'mlflow:instance:claim') {
        await runAction(
          get(allowed.actions, 'mlflow:instance:claim'),
          claimed(name),
        );
      }
      await expect(runAction(get(denied.actions, id), input)).rejects.toThrow(
        /You lack the permission mlflow.instance.create/,
      );
      const record = await allowed.platforms.get(config.name).records.get(name);
      expect(piecesOf(record)).toEqual([]);
      await allowed.platforms.get(config.name).close();
    },
  );

  it('write a failure into the record, with the step and the reason', async () => {
    const { name, actions, platforms } = newInstance();
    const platform = platforms.get(config.name);
    const instance = `${config.name}/${name}`;
    await runAction(get(actions, 'mlflow:instance:claim'), claimed(name));
    await clusterAdmin().create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: `mlflow-${name}` },
    });
    await expect(
      runAction(get(actions, 'mlflow:namespace:ensure'), { instance }),
    ).rejects.toThrow(/namespace mlflow-.* is not ours \(it bears no mark\)/);
    expect((await platform.records.require(name)).run).toMatchObject({
      state: 'failed',
      step: 'namespace',
      message: expect.stringMatching(
        /This step changed nothing. Choose another/,
      ),
    });
    await clusterAdmin().delete({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: `mlflow-${name}`,
    });
    await platform.close();
  });

  it('stop at once when the task is cancelled', async () => {
    const { name, actions, platforms } = newInstance();
    await runAction(get(actions, 'mlflow:instance:claim'), claimed(name));
    const cancelled = AbortSignal.abort(new Error('cancelled by the user'));
    await expect(
      runAction(
        get(actions, 'mlflow:database:ensure'),
        { instance: `${config.name}/${name}` },
        { signal: cancelled },
      ),
    ).rejects.toThrow(
      /^The task was cancelled during database\. .* or undo it\.$/,
    );
    const platform = platforms.get(config.name);
    expect(piecesOf(await platform.records.require(name))).toEqual([]);
    await platform.close();
  });

  it('do not go on in the instance of another task', async () => {
    const { name, actions, platforms } = newInstance();
    const platform = platforms.get(config.name);
    const goOn = () =>
      runAction(
        get(actions, 'mlflow:namespace:ensure'),
        { instance: `${config.name}/${name}` },
        { taskId: 'task-2' },
      );
    await runAction(get(actions, 'mlflow:instance:claim'), claimed(name));
    await expect(goOn()).rejects.toThrow(/Task task-1 is at work/);
    await platform.leases.release(name, 'task-1');
    await expect(goOn()).rejects.toThrow(/in the hands of task task-1/);
    await platform.close();
  });
});

describe('mlflow:instance:claim', () => {
  /** A claim by a portal that ends right after it. */
  const claim = async (
    input: JsonObject,
    options: Parameters<typeof actionsFor>[1] = {},
  ) => {
    const { actions, platforms } = actionsFor(config, options);
    try {
      return await runAction(get(actions, 'mlflow:instance:claim'), input);
    } finally {
      await platforms.get(config.name).close();
    }
  };
  const denyAdmin = (permission: string) =>
    permission === 'mlflow.instance.admin'
      ? AuthorizeResult.DENY
      : AuthorizeResult.ALLOW;

  it('refuses other settings, and says where to change them', async () => {
    const { name } = newInstance();
    await claim(claimed(name));
    await expect(claim({ ...claimed(name), size: 'M' })).rejects.toThrow(
      `exists with another size. Creating does not change what exists: see its page, https://portal.example.com/catalog/default/component/mlflow-${name}.sandbox`,
    );
  });

  it('refuses the name of another owner, and does not say whose it is', async () => {
    const { name } = newInstance();
    await claim(claimed(name));
    await expect(
      claim(
        { ...claimed(name), owner: 'group:default/team-b' },
        { memberOf: ['group:default/team-b'] },
      ),
    ).rejects.toThrow(
      `The name "${name}" is taken on platform sandbox. Choose another.`,
    );
  });

  it('refuses the host of another instance', async () => {
    const { name } = newInstance();
    await claim(claimed(name));
    await expect(
      claim({ ...claimed(newName()), host: `mlflow-${name}.localhost` }),
    ).rejects.toThrow(/The host .* is taken by another instance/);
  });

  it('refuses a group that the user is not in, unless an admin asks', async () => {
    const { name } = newInstance();
    const input = { ...claimed(name), owner: 'group:default/team-b' };
    await expect(claim(input, { answer: denyAdmin })).rejects.toThrow(
      /You are not a member of group:default\/team-b/,
    );
    await expect(claim(input)).resolves.toMatchObject({
      instance: `${config.name}/${name}`,
    });
  });

  it.each(['auth.localhost', 'portal.localhost'])(
    'refuses the host %s of the platform or the portal',
    async host => {
      await expect(claim({ ...claimed(newName()), host })).rejects.toThrow(
        `The host ${host} belongs to the platform itself`,
      );
    },
  );

  it('refuses a task that somebody else started', async () => {
    const { name, actions } = newInstance();
    await expect(
      runAction(get(actions, 'mlflow:instance:claim'), claimed(name), {
        user: 'user:default/outsider',
      }),
    ).rejects.toThrow(/This task is of user:default\/outsider/);
  });

  it('refuses while another task is at work, and not when that has ended', async () => {
    const { name, actions, platforms } = newInstance();
    const run = (taskId: string) =>
      runAction(get(actions, 'mlflow:instance:claim'), claimed(name), {
        taskId,
      });
    await run('task-1');
    await expect(run('task-2')).rejects.toThrow(/Task task-1 is at work/);
    const platform = platforms.get(config.name);
    await platform.leases.release(name, 'task-1');
    await expect(run('task-2')).resolves.toBeDefined();
    await platform.close();
  });

  it('takes one host only once when two ask at the same moment', async () => {
    const [one, other] = [newName(), newName()];
    names.push(one, other);
    const host = `${newName()}.localhost`;
    const results = await Promise.allSettled([
      claim({ ...claimed(one), host }),
      claim({ ...claimed(other), host }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });

  it.each<[JsonObject, RegExp]>([
    [{ platform: 'nowhere' }, /No platform "nowhere"/],
    [{ name: '' }, /Give the instance a name/],
    [{ name: 'x'.repeat(254) }, /254 characters; 40 is the limit/],
    [{ name: 'Upper' }, /lower-case letter/],
    [{ name: "a'; DROP DATABASE x; --" }, /lower-case letter/],
    [{ host: "x'; y.localhost" }, /lower-case DNS name/],
    [{ owner: 'group:default/nobody' }, /no group of the catalog/],
    [{ owner: "group:default/x'; --" }, /no group of the catalog/],
    [{ replicas: 0 }, /from 1 to 10, not 0/],
    [{ replicas: 1000 }, /from 1 to 10, not 1000/],
  ])(
    'refuses %j in one sentence and records nothing',
    async (input, reason) => {
      const name = newName();
      await expect(claim({ ...claimed(name), ...input })).rejects.toThrow(
        reason,
      );
      const platform = actionsFor(config).platforms.get(config.name);
      expect(await platform.records.get(name)).toBeUndefined();
      await platform.close();
    },
  );
});

describe('mlflow:instance:resume', () => {
  it('goes on with an instance in a task of its own', async () => {
    const { name, actions, platforms } = newInstance();
    const platform = platforms.get(config.name);
    const instance = `${config.name}/${name}`;
    await runAction(get(actions, 'mlflow:instance:claim'), claimed(name));
    await platform.leases.release(name, 'task-1');

    const outputs = await runAction(
      get(actions, 'mlflow:instance:resume'),
      { instance },
      { taskId: 'task-2' },
    );
    expect(outputs).toMatchObject({
      instance,
      mlflowUrl: `https://mlflow-${name}.localhost/`,
    });
    await runAction(
      get(actions, 'mlflow:namespace:ensure'),
      { instance },
      { taskId: 'task-2' },
    );
    expect((await platform.records.require(name)).run.taskId).toBe('task-2');
    await platform.close();
  });

  it('needs an instance, and the rights of a claim', async () => {
    const { name, actions, platforms } = newInstance();
    const instance = `${config.name}/${name}`;
    const resume = get(actions, 'mlflow:instance:resume');
    await expect(runAction(resume, { instance })).rejects.toThrow(
      /No instance .* is recorded/,
    );
    await runAction(get(actions, 'mlflow:instance:claim'), claimed(name));
    const outsider = actionsFor(config, {
      memberOf: [],
      answer: permission =>
        permission === 'mlflow.instance.admin'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    });
    await expect(
      runAction(get(outsider.actions, 'mlflow:instance:resume'), { instance }),
    ).rejects.toThrow(/You are not a member of group:default\/team-a/);
    await platforms.get(config.name).close();
  });
});

describe('mlflow:instance:undo', () => {
  const begun = async () => {
    const made = newInstance();
    const instance = `${config.name}/${made.name}`;
    const run = (id: string, input: JsonObject = {}, taskId?: string) =>
      runAction(get(made.actions, id), { instance, ...input }, { taskId });
    await runAction(
      get(made.actions, 'mlflow:instance:claim'),
      claimed(made.name),
    );
    return { ...made, run, platform: made.platforms.get(config.name) };
  };
  const PIECES = STEPS.slice(1, 5);

  it('takes back all that the run made, and lets nothing of it go on', async () => {
    const { name, platform, run } = await begun();
    for (const id of PIECES) {
      await run(id);
    }
    const owner = toInstance(await platform.records.require(name));

    expect(await run('mlflow:instance:undo')).toEqual({ left: [] });

    const ctx = contextOf(owner, platform);
    for (const step of [databaseStep, bucketStep, identityStep]) {
      const removals = await step.remove(ctx, { data: 'delete' });
      const found = removals.filter(
        ({ result, object }) =>
          result !== 'absent' && object !== 'client scope groups',
      );
      expect(found).toEqual([]);
    }
    expect(await readNamespace(ctx)).toBeUndefined();
    expect(await platform.records.get(name)).toBeUndefined();
    await expect(run('mlflow:bucket:ensure')).rejects.toThrow(
      /is not recorded: it was undone or removed/,
    );
    await platform.close();
  });

  it('keeps what an earlier run made', async () => {
    const { name, platform, actions, run } = await begun();
    await run('mlflow:namespace:ensure');
    await run('mlflow:database:ensure');
    await platform.leases.release(name, 'task-1');
    await runAction(get(actions, 'mlflow:instance:claim'), claimed(name), {
      taskId: 'task-2',
    });
    await run('mlflow:bucket:ensure', {}, 'task-2');

    await run('mlflow:instance:undo', {}, 'task-2');

    const record = await platform.records.require(name);
    expect(record.run).toMatchObject({ state: 'undone', taskId: 'task-2' });
    expect(new Set(record.made.map(({ step }) => step))).toEqual(
      new Set(['claim', 'namespace', 'database']),
    );
    const ctx = contextOf(toInstance(record), platform);
    const { bucket } = await bucketStep.observe(ctx);
    expect(bucket).toBeUndefined();
    const { tracking } = await databaseStep.observe(ctx);
    expect(tracking).toBeDefined();
    await expect(run('mlflow:identity:ensure', {}, 'task-2')).rejects.toThrow(
      /was undone. Start a new run/,
    );

    await run('mlflow:instance:undo', { unfinished: true }, 'task-3');
    expect(await platform.records.get(name)).toBeUndefined();
    await platform.close();
  });

  it('goes on where it was cut', async () => {
    const { name, platform, run } = await begun();
    for (const id of PIECES) {
      await run(id);
    }
    const record = await platform.records.require(name);
    const ctx = contextOf(toInstance(record), platform);
    await platform.records.update(name, current => undoing(current, 'task-1'));
    await identityStep.remove(ctx, { data: 'delete' });
    await expect(run('mlflow:identity:ensure')).rejects.toThrow(
      /was undone. Start a new run/,
    );

    expect(await run('mlflow:instance:undo')).toEqual({ left: [] });
    expect(await platform.records.get(name)).toBeUndefined();
    await platform.close();
  });

  it('leaves the instance alone when this task made nothing of it', async () => {
    const { name, platform, run } = await begun();
    await run('mlflow:namespace:ensure');

    expect(await run('mlflow:instance:undo', {}, 'task-2')).toEqual({
      left: [],
    });
    const { run: state } = await platform.records.require(name);
    expect(state).toMatchObject({ state: 'running', taskId: 'task-1' });
    await platform.close();
  });

  it.each(['', 'sandbox/', 'nowhere/x'])(
    'has nothing to do for a claim of "%s" that was refused',
    async instance => {
      const { actions, platforms } = actionsFor(config);
      const undo = get(actions, 'mlflow:instance:undo');
      expect(await runAction(undo, { instance })).toEqual({ left: [] });
      await expect(
        runAction(undo, { instance, unfinished: true }),
      ).rejects.toThrow(/is no instance|No platform/);
      await platforms.get(config.name).close();
    },
  );

  it('keeps the pieces where that was asked for', async () => {
    const { name, platform, run } = await begun();
    await run('mlflow:namespace:ensure');
    await run('mlflow:instance:undo', { keep: true });
    expect(piecesOf(await platform.records.require(name))).not.toEqual([]);
    await run('mlflow:database:ensure');
    await platform.close();
  });

  it('of unfinished runs needs the right to delete, and a run to undo', async () => {
    const { name, platform, run } = await begun();
    for (const id of STEPS.slice(1)) {
      await run(id);
    }
    await expect(
      run('mlflow:instance:undo', { unfinished: true }, 'task-2'),
    ).rejects.toThrow(/is complete: no run is left to undo/);
    const denied = actionsFor(config, { answer: () => AuthorizeResult.DENY });
    await expect(
      runAction(get(denied.actions, 'mlflow:instance:undo'), {
        instance: `${config.name}/${name}`,
        unfinished: true,
      }),
    ).rejects.toThrow(/You lack the permission mlflow.instance.delete/);
    await platform.close();
  });

  it('leaves what has become another’s, and says so', async () => {
    const { name, platform, run } = await begun();
    await run('mlflow:namespace:ensure');
    await run('mlflow:identity:ensure');
    const record = await platform.records.require(name);
    const group = { name: `mlflow-${name}-admins` };
    const keycloakCall = {
      what: 'play somebody else',
      role: 'manage-users' as const,
      signal: AbortSignal.timeout(30_000),
    };
    const [found] = await platform.keycloak.call(keycloakCall, admin =>
      admin.groups.find({ search: group.name, exact: true }),
    );
    await platform.keycloak.call(keycloakCall, admin =>
      admin.groups.update({ id: found.id ?? '' }, { ...group, attributes: {} }),
    );

    expect(await run('mlflow:instance:undo')).toEqual({
      left: [`Keycloak: group ${group.name} (it is not this instance’s)`],
    });
    expect((await platform.records.require(name)).run).toMatchObject({
      state: 'undone',
      message: expect.stringContaining(group.name),
    });
    await platform.keycloak.call(keycloakCall, admin =>
      admin.groups.del({ id: found.id ?? '' }),
    );
    await platform.records.remove(name, record.id);
    await platform.close();
  });
});

describe('mlflow:platform:check', () => {
  it('finds nothing missing on the sandbox', async () => {
    const { actions, platforms } = actionsFor(sandboxPlatformConfig());
    const { findings } = await runAction(
      get(actions, 'mlflow:platform:check'),
      { platform: config.name },
    );
    expect(findings).toEqual(
      Array.isArray(findings)
        ? findings.map(finding => ({ check: Object(finding).check, ok: true }))
        : [],
    );
    await platforms.get(config.name).close();
  });

  it('names each thing that is missing, and what to do', async () => {
    const broken: PlatformConfig = {
      ...config,
      ingress: { ...config.ingress, className: 'nowhere' },
      chart: { ...config.chart, path: '/nowhere' },
      keycloak: { ...config.keycloak, realm: 'nowhere' },
    };
    const { actions, platforms } = actionsFor(broken);
    await expect(
      runAction(get(actions, 'mlflow:platform:check'), {
        platform: config.name,
      }),
    ).rejects.toThrow(
      /no IngressClass nowhere.*mlflow-1.11.5.tgz.*realm nowhere/is,
    );
    await platforms.get(config.name).close();
  });
});
