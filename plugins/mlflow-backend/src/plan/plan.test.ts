import { InstanceSpec, PlanChange } from 'backstage-plugin-mlflow-common';
import { testInstance } from '../__testUtils__/instance';
import { testPlatformConfig } from '../__testUtils__/platformConfig';
import { askSystem } from './askSystem';
import { assertPlanned } from './assertPlanned';
import { planDigest } from './digest';
import { planWarnings, WarningFacts } from './warnings';

const { spec } = testInstance({ name: 'x' });

/** The same settings, the last first. */
function reversed(settings: InstanceSpec): InstanceSpec {
  const { metrics, defaultPermission, replicas, size, ...others } = settings;
  return { metrics, defaultPermission, replicas, size, ...others };
}

const create: PlanChange = {
  system: 'PostgreSQL',
  object: 'role mlflow_x',
  action: 'create',
};
const conflict: PlanChange = {
  system: 'PostgreSQL',
  object: 'database mlflow_x',
  action: 'conflict',
  detail: 'it bears no mark',
  found: 'no mark',
};
const destructive: PlanChange = {
  system: 'Helm',
  object: 'release mlflow-x',
  action: 'update',
  destructive: true,
};

describe('digest of a plan', () => {
  const digest = planDigest(spec, [conflict, destructive]);

  it.each<[string, InstanceSpec, PlanChange[]]>([
    ['the order of the changes', spec, [destructive, conflict]],
    ['what is merely made or kept', spec, [conflict, create, destructive]],
    [
      'the words for people',
      spec,
      [{ ...conflict, detail: 'something else' }, destructive],
    ],
    ['the order of the settings', reversed(spec), [conflict, destructive]],
  ])('is the same whatever %s', (_, settings, changes) => {
    expect(planDigest(settings, changes)).toBe(digest);
  });

  it.each<[string, InstanceSpec, PlanChange[]]>([
    ['setting', { ...spec, size: 'M' }, [conflict, destructive]],
    ['conflict', spec, [{ ...conflict, object: 'x' }, destructive]],
    ['finding', spec, [{ ...conflict, found: 'mark p/i' }, destructive]],
    ['destructive change', spec, [conflict]],
  ])('differs with another %s', (_, settings, changes) => {
    expect(planDigest(settings, changes)).not.toBe(digest);
  });
});

describe('agreement to a plan', () => {
  const planOf = (...changes: PlanChange[]) => ({
    instance: 'sandbox/x',
    exists: false,
    digest: planDigest(spec, changes),
    counts: { create: 0, update: 0, keep: 0, conflict: 0 },
    steps: [{ step: 's', title: 'S', system: 'Helm', changes }],
    conflicts: changes.filter(({ action }) => action === 'conflict'),
    warnings: [],
  });
  const seen = planOf(destructive).digest;

  it.each<[string, PlanChange[], string | undefined]>([
    ['nothing is in the way and nobody saw a plan', [create], undefined],
    ['what is destroyed was seen', [destructive, create], seen],
    ['what was to be destroyed is gone', [create], seen],
    ['nobody asked for an agreement', [destructive], undefined],
  ])('lets go on when %s', (_, changes, digest) => {
    expect(() => assertPlanned(planOf(...changes), digest)).not.toThrow();
  });

  it('refuses a conflict, whatever was seen, and names it', () => {
    const plan = planOf(conflict, create);
    for (const digest of [undefined, plan.digest]) {
      expect(() => assertPlanned(plan, digest)).toThrow(
        'PostgreSQL: database mlflow_x (it bears no mark). Nothing was made. Choose another name, or have the owner remove what is there.',
      );
    }
  });

  it('refuses to destroy what was not seen', () => {
    expect(() =>
      assertPlanned(planOf(destructive), planOf(create).digest),
    ).toThrow(
      'The plan that was agreed to does not hold any more: Helm: release mlflow-x.',
    );
  });
});

describe('warnings of a plan', () => {
  const platform = testPlatformConfig();
  const safe = { ...platform, ca: 'PEM' };
  const someone = { id: '1', ref: 'user:default/owner' };
  const facts: WarningFacts = {
    hostDerived: false,
    imageMissing: false,
    mayBuild: true,
    access: { admins: [someone], users: [someone] },
    creator: someone.ref,
  };
  const two = { ...spec, replicas: 2 };

  it('are none when there is nothing to warn of', () => {
    expect(planWarnings(two, safe, facts)).toEqual([]);
  });

  it.each<[RegExp, Partial<InstanceSpec>, object, Partial<WarningFacts>]>([
    [/With one replica MLflow is away/, { replicas: 1 }, {}, {}],
    [/known holes.*Move to line 3.17/, { line: '3.6' }, {}, {}],
    [/default permission is MANAGE/, { defaultPermission: 'MANAGE' }, {}, {}],
    [/so it is mlflow-x.localhost/, {}, {}, { hostDerived: true }],
    [/built first, which takes some minutes/, {}, {}, { imageMissing: true }],
    [
      /may not have it built, so the run will fail/,
      {},
      {},
      { imageMissing: true, mayBuild: false },
    ],
    [
      /user:default\/owner has no account in realm r /,
      {},
      {},
      { access: { admins: [], users: [someone] } },
    ],
    [
      /No member of group:default\/team-a has an account/,
      {},
      {},
      { access: { admins: [someone], users: [] } },
    ],
    [/names no CA of its own/, {}, { ca: undefined }, {}],
    [
      /reaches Keycloak and PostgreSQL and the object store without encryption/,
      {},
      {
        keycloak: {
          ...safe.keycloak,
          inCluster: { url: 'http://keycloak.svc' },
        },
        postgres: { ...safe.postgres, sslMode: 'disable' },
        objectStore: { ...safe.objectStore, endpoint: 'http://s3' },
      },
      {},
    ],
  ])('say %s', (said, settings, config, found) => {
    expect(
      planWarnings(
        { ...two, ...settings },
        { ...safe, ...config },
        { ...facts, ...found },
      ),
    ).toEqual([expect.stringMatching(said)]);
  });
});

describe('a system that is asked', () => {
  const signal = new AbortController().signal;

  it('gives its answer', async () => {
    expect(await askSystem('Helm', signal, async () => 1)).toEqual({
      value: 1,
    });
  });

  it('is told when it cannot be asked', async () => {
    const answer = await askSystem('Helm', signal, async () => {
      throw new Error('Helm: it is broken.');
    });
    expect(answer).toEqual({ problem: 'Helm: it is broken.' });
  });

  it('is not waited for longer than ten seconds', async () => {
    jest.useFakeTimers();
    const timeout = jest
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation(ms => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(new Error('late')), ms);
        return controller.signal;
      });
    try {
      const answer = askSystem('Helm', signal, () => new Promise(() => {}));
      await jest.advanceTimersByTimeAsync(10_000);
      expect(await answer).toEqual({
        problem: expect.stringMatching(/^Helm: no answer within 10 s\./),
      });
    } finally {
      timeout.mockRestore();
      jest.useRealTimers();
    }
  });

  it('is left alone when nobody waits any more', async () => {
    await expect(
      askSystem('Helm', AbortSignal.abort(new Error('left')), async () => 1),
    ).rejects.toThrow('left');
  });
});
