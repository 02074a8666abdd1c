import { randomBytes } from 'node:crypto';
import { V1Job } from '@kubernetes/client-node';
import { actionsFor, OWNER, runAction } from '../__testUtils__/actions';
import { secondPlatform } from '../__testUtils__/secondPlatform';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { actionsOf, contextOf } from '../__testUtils__/stepContext';
import { InstanceRecord } from '../instances/InstanceRecord';
import { toInstance } from '../instances/toInstance';
import { bucketStep } from '../steps/bucket';
import { companionObjects } from '../steps/companions';
import { databaseStep } from '../steps/database';
import { identityStep } from '../steps/identity';
import { migrationStep } from '../steps/migration';
import { namespaceStep } from '../steps/namespace';
import { releaseStep } from '../steps/release';
import { planStep, runStep } from '../steps/runStep';
import { Instance, Step, StepContext } from '../steps/Step';
import { markedMetadata } from '../systems/kubernetes/marks';
import { PlatformConfig } from './config';
import { Platform } from './Platform';
import { ensurePlatformIdentity } from './platformIdentity';

jest.setTimeout(180_000);

const prebuilt = (config: PlatformConfig): PlatformConfig => ({
  ...config,
  image: {
    ...config.image,
    mode: 'prebuilt',
    prebuilt: {
      '3.17': `registry.example.com/mlflow:1@sha256:${'0'.repeat(64)}`,
    },
  },
});

/** A step of whatever observation, for what does not look at it. */
interface AnyStep {
  name: string;
  /** @returns action and object of each change */
  plan(ctx: StepContext): Promise<string[]>;
  run(ctx: StepContext): Promise<unknown>;
  remove: Step<unknown>['remove'];
}

function any<Observed>(step: Step<Observed>): AnyStep {
  return {
    name: step.name,
    plan: async ctx =>
      (await planStep(step, ctx)).changes.map(
        ({ action, object }) => `${action} ${object}`,
      ),
    run: ctx => runStep(step, ctx),
    remove: (ctx, options) => step.remove(ctx, options),
  };
}

const namespace = any(namespaceStep);
const SHARED = [any(databaseStep), any(bucketStep), any(identityStep)];
const IN_CLUSTER = [namespace, any(migrationStep), any(releaseStep)];

/** An instance with everything but a running server. */
async function makeInstance(platform: Platform, name: string) {
  const { id } = await ensurePlatformIdentity(
    platform.kubernetes,
    platform.config.kubernetes.namespace,
  );
  const record = await claim(platform, name, id);
  // Two servers, so that there is a Job for the migration and a budget.
  const ctx = contextOf(toInstance(record), platform);
  for (const step of [namespace, ...SHARED]) {
    await step.run(ctx);
  }
  await makeServerless(ctx);
  return { record, ctx };
}

async function claim(
  platform: Platform,
  name: string,
  platformId: string,
): Promise<InstanceRecord> {
  const now = new Date().toISOString();
  const record: InstanceRecord = {
    id: randomBytes(6).toString('hex'),
    platformId,
    spec: {
      name,
      platform: platform.name,
      owner: OWNER,
      description: '',
      host: `mlflow-${name}.localhost`,
      line: '3.17',
      size: 'S',
      replicas: 2,
      defaultPermission: 'NO_PERMISSIONS',
      metrics: false,
    },
    generation: 1,
    createdBy: 'user:default/owner',
    createdAt: now,
    changedAt: now,
    run: { taskId: 't', action: 'create', state: 'done', startedAt: now },
    made: [],
  };
  await platform.records.create(record);
  return record;
}

/** What migration and release leave in the cluster, without a pod that runs. */
async function makeServerless({ instance, platform, signal }: StepContext) {
  const { names } = instance;
  await platform.kubernetes.apply<V1Job>({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: markedMetadata(instance, 'mlflow-db-migration', names.namespace),
    spec: {
      suspend: true,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'none', image: 'none.example.com/none:1' }],
        },
      },
    },
  });
  for (const object of companionObjects(instance, platform.config)) {
    await platform.kubernetes.apply(object, { signal });
  }
  const { release } = instance;
  await platform.helm.upgrade(
    {
      name: names.release,
      namespace: names.namespace,
      chartVersion: release.chart,
      values: {
        ...release.values({
          instance,
          platform: platform.config,
          image: { repository: 'none.example.com/none', tag: '1' },
          secretsDigest: 'none',
        }),
        replicaCount: 0,
      },
    },
    signal,
  );
}

/** The same name on another platform in a cluster of its own: no namespace meets another. */
function elsewhere(instance: Instance): Instance {
  const { names } = instance;
  return {
    ...instance,
    names: { ...names, namespace: `${names.namespace}-elsewhere` },
  };
}

let first: ReturnType<typeof open>;
let second: ReturnType<typeof open>;
let removeSecond: () => Promise<void>;

function open(config: PlatformConfig) {
  const { actions, platforms } = actionsFor(config);
  return { config, actions, platform: platforms.get(config.name) };
}

beforeAll(async () => {
  first = open(prebuilt(sandboxPlatformConfig()));
  const made = await secondPlatform('second');
  second = open(prebuilt(made.config));
  removeSecond = made.remove;
});

afterAll(async () => {
  await first.platform.close();
  await second.platform.close();
  await removeSecond();
});

describe.each([
  ['first', 'second'],
  ['second', 'first'],
])('what the %s platform made', (owner, stranger) => {
  const name = `t-${randomBytes(5).toString('hex')}`;
  const sides = () => ({
    mine: owner === 'first' ? first : second,
    theirs: stranger === 'first' ? first : second,
  });
  let mine: Awaited<ReturnType<typeof makeInstance>>;
  let intruder: Instance;

  beforeAll(async () => {
    mine = await makeInstance(sides().mine.platform, name);
    const identity = await ensurePlatformIdentity(
      sides().theirs.platform.kubernetes,
      sides().theirs.config.kubernetes.namespace,
    );
    const id = randomBytes(6).toString('hex');
    intruder = {
      ...mine.ctx.instance,
      id,
      mark: `${identity.id}/${id}`,
      spec: { ...mine.ctx.instance.spec, platform: stranger },
    };
    await actionsOf(
      namespaceStep,
      contextOf(elsewhere(intruder), sides().theirs.platform),
    );
  });

  afterAll(async () => {
    const { ctx, record } = mine;
    await namespaceStep.remove(
      contextOf(elsewhere(intruder), sides().theirs.platform),
      { data: 'delete' },
    );
    for (const step of [...SHARED, namespace]) {
      await step.remove(ctx, { data: 'delete' });
    }
    await ctx.platform.records.remove(name, record.id);
  });

  it(`is no instance of the ${stranger}`, async () => {
    const { mine: own, theirs } = sides();
    const namesOn = async ({ platform }: typeof own) =>
      (await platform.records.list()).records.map(({ spec }) => spec.name);

    expect(await namesOn(own)).toContain(name);
    expect(await namesOn(theirs)).not.toContain(name);
    expect(await theirs.platform.records.get(name)).toBeUndefined();
    expect(intruder.mark).not.toContain(mine.record.platformId);
  });

  it('keeps its name in the same cluster', async () => {
    const { theirs } = sides();
    const action = theirs.actions.get('mlflow:instance:claim');

    await expect(
      action &&
        runAction(action, {
          platform: theirs.config.name,
          name,
          owner: OWNER,
        }),
    ).rejects.toThrow(mine.record.id);
    expect(await theirs.platform.records.get(name)).toBeUndefined();
  });

  it.each(IN_CLUSTER.map(step => [step.name, step] as const))(
    'is neither changed nor removed in the same cluster by step %s',
    async (_, step) => {
      const ctx = contextOf(intruder, sides().theirs.platform);
      const before = await step.plan(mine.ctx);

      expect(await step.plan(ctx)).toContainEqual(
        expect.stringMatching(/^conflict /),
      );
      await expect(step.run(ctx)).rejects.toThrow(mine.record.id);
      for (const removal of await step.remove(ctx, { data: 'delete' })) {
        expect(removal.result).not.toBe('removed');
      }
      expect(await step.plan(mine.ctx)).toEqual(before);
    },
  );

  it.each(SHARED.map(step => [step.name, step] as const))(
    'is neither changed nor removed from another cluster by step %s',
    async (_, step) => {
      const ctx = contextOf(elsewhere(intruder), sides().theirs.platform);
      const before = await step.plan(mine.ctx);

      expect(await step.plan(ctx)).toContainEqual(
        expect.stringMatching(/^conflict /),
      );
      await expect(step.run(ctx)).rejects.toThrow(mine.record.id);
      for (const removal of await step.remove(ctx, { data: 'delete' })) {
        expect(removal.result).not.toBe('removed');
      }
      expect(before.filter(change => !change.startsWith('keep '))).toEqual([]);
      expect(await step.plan(mine.ctx)).toEqual(before);
    },
  );
});
