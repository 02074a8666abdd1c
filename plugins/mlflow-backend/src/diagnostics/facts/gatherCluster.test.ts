import { V1ConfigMap, V1ResourceQuota } from '@kubernetes/client-node';
import { clusterAdmin } from '../../__testUtils__/clusterAdmin';
import { eventually } from '../../__testUtils__/eventually';
import { testInstance } from '../../__testUtils__/instance';
import { testDeployment, testRecord } from '../../__testUtils__/instances';
import { contextOf, sandboxPlatform } from '../../__testUtils__/stepContext';
import { ingressObjects, GUARD_INGRESS } from '../../steps/ingress';
import { namespaceStep } from '../../steps/namespace';
import { runStep } from '../../steps/runStep';
import { ObservedInstance } from '../../watch/ObservedInstance';
import { gatherCluster } from './gatherCluster';

const platform = sandboxPlatform();
const admin = clusterAdmin();
const instance = testInstance();
const { namespace, secrets } = instance.names;
const ctx = contextOf(instance, platform);

const HIDDEN = 'not-to-be-seen';

const observed: ObservedInstance = {
  record: testRecord(),
  deployment: {
    ...testDeployment(),
    spec: {
      selector: {},
      template: {
        spec: {
          containers: [
            {
              name: 'mlflow',
              args: ['--app-name=oidc-auth'],
              envFrom: [
                { configMapRef: { name: 'env' } },
                { secretRef: { name: secrets.oidc } },
              ],
            },
          ],
        },
      },
    },
  },
  pods: [],
  jobs: [],
  jobPods: [],
};

beforeAll(async () => {
  await runStep(namespaceStep, ctx);
  await platform.secrets.write(instance, secrets.oidc, 'test', {
    SECRET_KEY: HIDDEN,
  });
  const environment: V1ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'env', namespace },
    data: { PGHOST: 'db' },
  };
  await platform.kubernetes.apply(environment);
  const objects = ingressObjects(instance, platform.config);
  for (const object of objects.filter(({ kind }) => kind === 'Ingress')) {
    await platform.kubernetes.apply(object);
  }
  const quota: V1ResourceQuota = {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'full', namespace },
    spec: { hard: { secrets: '1', pods: '5' } },
  };
  await admin.apply(quota);
});

afterAll(async () => {
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

it('reads, with the rights of the portal, what is not watched; of Secrets no value', async () => {
  await eventually('the quota is counted', async () => {
    const { quotas } = await gatherCluster(ctx, observed);
    return quotas.some(({ reached }) => reached.length > 0);
  });

  const facts = await gatherCluster(ctx, observed);

  expect(facts).toMatchObject({
    quotas: [{ name: 'full', reached: ['secrets: 1 of 1'] }],
    logs: [],
    secrets: [
      {
        name: secrets.oidc,
        keys: ['SECRET_KEY'],
        empty: [],
        changedAt: { SECRET_KEY: expect.stringMatching(/^20\d\d-/) },
      },
    ],
    secretsDigest: expect.stringMatching(/^[0-9a-f]{32}$/),
    settings: {
      plain: { PGHOST: 'db' },
      fromSecrets: {
        SECRET_KEY: { secret: secrets.oidc, key: 'SECRET_KEY' },
      },
      args: ['--app-name=oidc-auth'],
    },
    ingress: [
      {
        name: GUARD_INGRESS,
        hosts: [instance.spec.host],
        className: platform.config.ingress.className,
      },
    ],
  });
  expect(JSON.stringify(facts)).not.toContain(HIDDEN);
  expect(JSON.stringify(facts)).not.toContain(
    Buffer.from(HIDDEN).toString('base64'),
  );
});

it('knows no settings without a Deployment', async () => {
  const facts = await gatherCluster(ctx, {
    ...observed,
    deployment: undefined,
  });

  expect(facts.settings).toEqual({ plain: {}, fromSecrets: {}, args: [] });
  expect(facts.secrets.map(({ name }) => name)).toEqual([secrets.oidc]);
});
