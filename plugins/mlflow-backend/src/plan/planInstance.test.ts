import { randomBytes } from 'node:crypto';
import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  InstancePlan,
  PlanInput,
  PlanStep,
} from 'backstage-plugin-mlflow-common';
import { toInstance } from '../instances/toInstance';
import { PlatformConfig } from '../platform/config';
import { bucketStep } from '../steps/bucket';
import { databaseStep } from '../steps/database';
import { identityStep } from '../steps/identity';
import { namespaceStep } from '../steps/namespace';
import { runStep } from '../steps/runStep';
import { Instance } from '../steps/Step';
import { actionsFor, OWNER, runAction, USER } from '../__testUtils__/actions';
import { testInstance } from '../__testUtils__/instance';
import { Answer } from '../__testUtils__/PolicyFake';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { contextOf } from '../__testUtils__/stepContext';
import { planInstance } from './planInstance';
import { planRequest } from './planRequest';

jest.setTimeout(90_000);

const newName = () => `t-${randomBytes(4).toString('hex')}`;

const sandbox = sandboxPlatformConfig();

/** Nobody has pushed there. */
const config: PlatformConfig = {
  ...sandbox,
  image: {
    ...sandbox.image,
    push: `${sandbox.image.push}-plan-${process.pid}`,
    pull: `${sandbox.image.pull}-plan-${process.pid}`,
  },
};

const closing: (() => Promise<void>)[] = [];
const made: Instance[] = [];

/** What a user of that policy sees of a plan. */
async function plan(
  input: Partial<PlanInput> & { name: string },
  on: PlatformConfig = config,
  options: { answer?: Answer; memberOf?: string[] } = {},
): Promise<InstancePlan> {
  const { deps, platforms } = actionsFor(on, options);
  closing.push(() => platforms.get(on.name).close());
  const request = await planRequest(
    deps,
    { platform: on.name, owner: OWNER, ...input },
    { credentials: mockCredentials.user(USER), user: USER },
  );
  return planInstance(request, new AbortController().signal);
}

const changesOf = ({ steps }: InstancePlan, name: string) =>
  steps.find(({ step }) => step === name)?.changes ?? [];

const problems = (steps: PlanStep[]) =>
  steps.flatMap(({ step, problem }) => (problem ? [[step, problem]] : []));

/** Makes the pieces of an instance that a plan may meet. */
async function make(instance: Instance) {
  const { platforms } = actionsFor(config);
  const platform = platforms.get(config.name);
  closing.push(() => platform.close());
  made.push(instance);
  const ctx = contextOf(instance, platform);
  await runStep(namespaceStep, ctx);
  await runStep(databaseStep, ctx);
  await runStep(bucketStep, ctx);
  await runStep(identityStep, ctx);
  return platform;
}

afterAll(async () => {
  const { platforms } = actionsFor(config);
  const platform = platforms.get(config.name);
  for (const instance of made) {
    const ctx = contextOf(instance, platform);
    await identityStep.remove(ctx, { data: 'delete' });
    await bucketStep.remove(ctx, { data: 'delete' });
    await databaseStep.remove(ctx, { data: 'delete' });
    await namespaceStep.remove(ctx, { data: 'delete' });
    await platform.records.remove(instance.spec.name, instance.id);
  }
  await platform.close();
  await Promise.all(closing.map(close => close()));
});

describe('the plan of what does not exist', () => {
  it('shows every step without an invented value, twice the same', async () => {
    const name = newName();
    const first = await plan({ name });
    expect(first.steps.map(({ step }) => step)).toEqual([
      'claim',
      'image',
      'namespace',
      'database',
      'bucket',
      'identity',
      'access',
      'migration',
      'release',
      'verification',
      'publish',
    ]);
    expect(problems(first.steps)).toEqual([]);
    expect(first).toMatchObject({
      exists: false,
      conflicts: [],
      counts: { update: 0, conflict: 0 },
    });
    expect(changesOf(first, 'claim')).toEqual([
      { system: 'Kubernetes', object: `name ${name}`, action: 'create' },
      expect.objectContaining({ action: 'create' }),
    ]);
    expect(changesOf(first, 'image')).toEqual([
      expect.objectContaining({
        action: 'create',
        detail: expect.stringMatching(/^build/),
      }),
    ]);
    expect(changesOf(first, 'release')[0]).toEqual({
      system: 'Helm',
      object: `release mlflow-${name}`,
      action: 'create',
      detail: 'chart 1.11.5',
    });
    expect(first.warnings).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/is built first/),
        expect.stringMatching(/^With one replica/),
        expect.stringMatching(/has no admin at first/),
      ]),
    );
    expect((await plan({ name })).digest).toBe(first.digest);
    expect((await plan({ name, size: 'M' })).digest).not.toBe(first.digest);
  });

  it('has a Job for several servers, before there is an image', async () => {
    const planned = await plan({ name: newName(), replicas: 2 });
    expect(changesOf(planned, 'migration')).toEqual([
      {
        system: 'Kubernetes',
        object: 'Job mlflow-db-migration',
        action: 'create',
      },
    ]);
  });

  it.each<[string, Partial<PlanInput>, RegExp]>([
    ['a bad name', { name: 'Bad' }, /lower-case letter/],
    ['a bad host', { host: 'x.example.com' }, /must lie below/],
    ['no such size', { size: 'XL' }, /no size "XL"/],
    ['no such group', { owner: 'group:default/none' }, /no group of the/],
  ])('is refused in one sentence for %s', async (_, input, reason) => {
    await expect(plan({ name: newName(), ...input })).rejects.toThrow(reason);
  });

  it('is refused to a user who may not make it', async () => {
    await expect(
      plan({ name: newName() }, config, { answer: () => AuthorizeResult.DENY }),
    ).rejects.toThrow(/You lack the permission mlflow.instance.create/);
    await expect(
      plan({ name: newName() }, config, {
        memberOf: [],
        answer: permission =>
          permission === 'mlflow.instance.admin'
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
    ).rejects.toThrow(/You are not a member of group:default\/team-a/);
  });
});

describe('the plan of a name that others use outside', () => {
  const theirs = testInstance({ name: newName() });
  const input = { name: theirs.spec.name };
  let seen: InstancePlan;

  beforeAll(async () => {
    seen = await plan(input);
    await make(theirs);
  });

  it('shows all that is in the way, in every system, and what was found', async () => {
    const { conflicts, counts, steps } = await plan(input);
    expect(problems(steps)).toEqual([]);
    expect(counts.conflict).toBe(conflicts.length);
    expect(
      conflicts.map(({ system, object }) => `${system} ${object}`),
    ).toEqual(
      expect.arrayContaining([
        `Kubernetes name ${input.name}`,
        `Kubernetes namespace ${theirs.names.namespace}`,
        `PostgreSQL role ${theirs.names.databaseRole}`,
        `PostgreSQL database ${theirs.names.trackingDatabase}`,
        `PostgreSQL database ${theirs.names.authDatabase}`,
        `Kubernetes secret ${theirs.names.secrets.database}`,
        `Object store bucket ${theirs.names.bucket}`,
        `Object store user ${theirs.names.bucketUser}`,
        `Keycloak client ${theirs.names.client}`,
        `Keycloak group ${theirs.names.adminGroup}`,
      ]),
    );
    const role = conflicts.find(({ object }) => object.startsWith('role '));
    expect(role).toEqual({
      system: 'PostgreSQL',
      object: `role ${theirs.names.databaseRole}`,
      action: 'conflict',
      detail: `belongs to ${theirs.mark}`,
      found: `mark ${theirs.mark}`,
    });
  });

  it('makes the claim refuse, with the digest from before and without any', async () => {
    const { actions, platforms } = actionsFor(config);
    closing.push(() => platforms.get(config.name).close());
    const claim = actions.get('mlflow:instance:claim');
    for (const digest of [{ plan: seen.digest }, {}]) {
      await expect(
        claim &&
          runAction(claim, {
            platform: config.name,
            owner: OWNER,
            ...input,
            ...digest,
          }),
      ).rejects.toThrow(
        new RegExp(
          `PostgreSQL: role ${theirs.names.databaseRole} \\(belongs to ${theirs.mark}\\).*Nothing was made`,
        ),
      );
    }
    const { records } = platforms.get(config.name);
    expect(await records.get(input.name)).toBeUndefined();
  });
});

describe('the plan of an instance that exists', () => {
  const name = newName();

  /** Whether the reader's name is free or not depends on who may read. */
  const planAs = (owner: string, mayRead: boolean) =>
    plan({ name, owner }, config, {
      memberOf: [owner],
      answer: permission =>
        permission === 'mlflow.instance.read' && !mayRead
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    });

  beforeAll(async () => {
    const { actions, platforms } = actionsFor(config);
    closing.push(() => platforms.get(config.name).close());
    const claim = actions.get('mlflow:instance:claim');
    await (claim &&
      runAction(claim, { platform: config.name, name, owner: OWNER }));
    const record = await platforms.get(config.name).records.require(name);
    await make(toInstance(record));
  });

  it('keeps what is there, and shows what has drifted', async () => {
    const kept = await plan({ name });
    expect(kept).toMatchObject({ exists: true, conflicts: [] });
    for (const step of ['claim', 'namespace', 'database', 'bucket']) {
      const actions = changesOf(kept, step).map(({ action }) => action);
      expect(new Set(actions)).toEqual(new Set(['keep']));
    }
    const { platforms } = actionsFor(config);
    const platform = platforms.get(config.name);
    const { databaseRole } = testInstance({ name }).names;
    await platform.postgres.session(new AbortController().signal, session =>
      session.query('drift', `ALTER ROLE "${databaseRole}" CONNECTION LIMIT 7`),
    );
    await platform.close();
    const drifted = await plan({ name });
    expect(changesOf(drifted, 'database')[0]).toEqual({
      system: 'PostgreSQL',
      object: `role ${databaseRole}`,
      action: 'update',
      detail: 'connection limit 7, not 40',
    });
    expect(drifted.digest).toBe(kept.digest);
  });

  it('says in what the settings differ, and plans nothing else', async () => {
    const { conflicts, steps } = await plan({ name, size: 'L' });
    expect(conflicts).toEqual([
      expect.objectContaining({
        object: `name ${name}`,
        detail: expect.stringMatching(
          /exists with another size\. .* see its page/,
        ),
      }),
    ]);
    expect(steps).toHaveLength(1);
  });

  it.each([
    [true, `it is taken: ${OWNER} has an instance of that name`],
    [false, `The name "${name}" is taken on platform sandbox. Choose another.`],
  ])(
    'tells another group whose it is, if it may read that: %s',
    async (mayRead, detail) => {
      const planned = await planAs('group:default/team-b', mayRead);
      expect(planned.conflicts).toEqual([
        expect.objectContaining({ object: `name ${name}`, detail }),
      ]);
      expect(planned.steps).toHaveLength(1);
      expect(planned.warnings).toEqual([]);
    },
  );

  it('does not give its host away', async () => {
    const planned = await plan(
      { name: newName(), host: `mlflow-${name}.localhost` },
      config,
    );
    expect(planned.conflicts).toEqual([
      expect.objectContaining({ object: `host mlflow-${name}.localhost` }),
    ]);
    expect(planned.steps.length).toBeGreaterThan(1);
  });
});

describe('the plan while a system is down', () => {
  it.each<[string, PlatformConfig, string[], RegExp]>([
    [
      'Keycloak',
      {
        ...config,
        keycloak: { ...config.keycloak, url: 'https://127.0.0.1:1' },
      },
      ['identity', 'access'],
      /^Keycloak: could not .* no answer/,
    ],
    [
      'PostgreSQL',
      { ...config, postgres: { ...config.postgres, port: 1 } },
      ['database'],
      /^PostgreSQL: /,
    ],
    [
      'the object store',
      {
        ...config,
        objectStore: { ...config.objectStore, endpoint: 'https://127.0.0.1:1' },
      },
      ['bucket'],
      /^Object store: /,
    ],
  ])('says so of %s, and shows the others', async (_, down, steps, reason) => {
    const planned = await plan({ name: newName() }, down);
    expect(problems(planned.steps)).toEqual(
      steps.map(step => [step, expect.stringMatching(reason)]),
    );
    expect(changesOf(planned, 'namespace')).toHaveLength(2);
    expect(planned.conflicts).toEqual([]);
  });

  it('says so of Kubernetes, without which nothing can be said', async () => {
    const planned = await plan(
      { name: newName() },
      {
        ...config,
        kubernetes: { ...config.kubernetes, server: 'https://127.0.0.1:1' },
      },
    );
    expect(planned.steps).toEqual([
      expect.objectContaining({
        step: 'claim',
        changes: [],
        problem: expect.stringMatching(/^Kubernetes: could not/),
      }),
    ]);
  });
});
