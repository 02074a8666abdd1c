import {
  V1NetworkPolicy,
  V1PodDisruptionBudget,
} from '@kubernetes/client-node';
import { clusterAdmin } from '../__testUtils__/clusterAdmin';
import { homonymOf, testInstance } from '../__testUtils__/instance';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { PlatformConfig } from '../platform/config';
import { markedMetadata } from '../systems/kubernetes/marks';
import {
  applyCompanions,
  observeCompanions,
  planCompanions,
  removeCompanions,
} from './companions';
import { namespaceStep } from './namespace';
import { Instance } from './Step';

const platform = sandboxPlatform();
const admin = clusterAdmin();
const instance = testInstance({ replicas: 2 });
const { namespace } = instance.names;
const ctx = contextOf(instance, platform);

const withSpec = (changes: Partial<Instance['spec']>) => ({
  ...ctx,
  instance: { ...instance, spec: { ...instance.spec, ...changes } },
});

const withConfig = (changes: Partial<PlatformConfig>) => ({
  ...ctx,
  platform: { ...platform, config: { ...platform.config, ...changes } },
});

/** @returns what was done, for example `create NetworkPolicy mlflow-egress` */
async function run(context = ctx): Promise<string[]> {
  const companions = await observeCompanions(context);
  const changes = planCompanions(context.instance, companions);
  await applyCompanions(context, companions);
  return changes
    .filter(({ action }) => action !== 'keep')
    .map(({ action, object, detail }) =>
      [action, object, detail].filter(Boolean).join(' '),
    );
}

const versions = async () =>
  (await observeCompanions(ctx)).map(
    ({ found }) => found?.metadata?.resourceVersion,
  );

const policyKey = (name: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  name,
  namespace,
});

const budgetKey = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  name: 'mlflow',
  namespace,
};

beforeAll(async () => {
  await actionsOf(namespaceStep, ctx);
});

afterAll(async () => {
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

it('are made, accepted by the API server, and not written a second time', async () => {
  expect((await run()).sort()).toEqual([
    'create Ingress mlflow-guard',
    'create Middleware mlflow-headers',
    'create Middleware mlflow-hide',
    'create NetworkPolicy mlflow-default-deny',
    'create NetworkPolicy mlflow-egress',
    'create NetworkPolicy mlflow-ingress',
    'create PodDisruptionBudget mlflow',
  ]);
  const before = await versions();

  expect(await run()).toEqual([]);
  expect(await versions()).toEqual(before);
});

it('say in the plan which ports they leave open to every address', async () => {
  const { postgres } = platform.config;
  const nowhere = { ...ctx, instance: testInstance() };
  const named = {
    ...nowhere,
    platform: {
      ...platform,
      config: {
        ...platform.config,
        postgres: {
          ...postgres,
          inCluster: { host: 'db.example.com', port: 5432 },
        },
      },
    },
  };
  const planned = async (context: typeof ctx) =>
    planCompanions(context.instance, await observeCompanions(context)).find(
      ({ object }) => object === 'NetworkPolicy mlflow-egress',
    );

  expect(await planned(nowhere)).toMatchObject({ action: 'create' });
  expect(await planned(nowhere)).not.toHaveProperty('detail');
  expect(await planned(named)).toMatchObject({
    action: 'create',
    detail: expect.stringContaining('5432 for PostgreSQL at db.example.com'),
  });
});

it('let DNS, the three systems and the own namespace through, and no more', async () => {
  const found = await platform.kubernetes.get<V1NetworkPolicy>(
    policyKey('mlflow-egress'),
  );

  expect(found?.spec?.policyTypes).toEqual(['Egress']);
  expect(found?.spec?.egress).toHaveLength(5);
  for (const rule of found?.spec?.egress ?? []) {
    expect(rule.to ?? rule.ports).toBeDefined();
  }
});

it('put right what somebody added', async () => {
  await admin.apply<V1NetworkPolicy>(
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'mlflow-default-deny', namespace },
      spec: {
        podSelector: { matchLabels: { only: 'these' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{}],
      },
    },
    { fieldManager: 'somebody-else' },
  );

  expect(await run()).toEqual([
    'update NetworkPolicy mlflow-default-deny differs',
  ]);
  expect(await run()).toEqual([]);
});

it('go when one server needs no budget any more, and come again', async () => {
  const alone = withSpec({ replicas: 1 });

  expect(await run(alone)).toEqual([
    'update PodDisruptionBudget mlflow is removed',
  ]);
  expect(await platform.kubernetes.get(budgetKey)).toBeUndefined();
  expect(await run(alone)).toEqual([]);
  expect(await run()).toEqual(['create PodDisruptionBudget mlflow']);
});

it('hold one of several servers back from a drain', async () => {
  const found = await platform.kubernetes.get<V1PodDisruptionBudget>(budgetKey);

  expect(found?.spec).toMatchObject({
    maxUnavailable: 1,
    selector: {
      matchLabels: { 'app.kubernetes.io/instance': instance.names.release },
    },
  });
});

it('go where the platform wants no NetworkPolicies', async () => {
  const { networkPolicy } = platform.config;
  const without = withConfig({
    networkPolicy: { ...networkPolicy, enabled: false },
  });

  expect((await run(without)).sort()).toEqual([
    'update NetworkPolicy mlflow-default-deny is removed',
    'update NetworkPolicy mlflow-egress is removed',
    'update NetworkPolicy mlflow-ingress is removed',
  ]);
  expect(await run(without)).toEqual([]);
  await run();
});

it('of another owner are a conflict, and stay as they are', async () => {
  const other = homonymOf(instance);
  const key = policyKey('mlflow-ingress');
  await platform.kubernetes.delete(key);
  await platform.kubernetes.apply<V1NetworkPolicy>({
    apiVersion: key.apiVersion,
    kind: key.kind,
    metadata: markedMetadata(other, key.name, namespace),
    spec: { podSelector: {} },
  });

  const companions = await observeCompanions(ctx);
  expect(planCompanions(instance, companions)).toContainEqual({
    system: 'Kubernetes',
    object: 'NetworkPolicy mlflow-ingress',
    action: 'conflict',
    detail: `it belongs to ${other.mark}`,
  });
  await expect(applyCompanions(ctx, companions)).rejects.toThrow(
    `NetworkPolicy ${namespace}/mlflow-ingress is not this instance's`,
  );
  expect(await removeCompanions(ctx, { data: 'delete' })).toContainEqual(
    expect.objectContaining({
      object: 'NetworkPolicy mlflow-ingress',
      result: 'kept',
    }),
  );
  expect(await platform.kubernetes.get(key)).toMatchObject({
    metadata: { annotations: { 'mlflow.org/mark': other.mark } },
  });
});

it('are removed, and only those that are named', async () => {
  await run(contextOf(instance, platform)).catch(() => undefined);

  expect(
    await removeCompanions(ctx, {
      data: 'delete',
      only: [{ object: 'NetworkPolicy mlflow-egress' }],
    }),
  ).toEqual([
    {
      system: 'Kubernetes',
      object: 'NetworkPolicy mlflow-egress',
      result: 'removed',
    },
  ]);
});
