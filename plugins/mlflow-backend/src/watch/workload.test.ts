import { mockServices } from '@backstage/backend-test-utils';
import { V1Deployment, V1Job, V1Pod } from '@kubernetes/client-node';
import { instanceStatus } from '../health/readiness';
import { RecordStore } from '../instances/RecordStore';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { clusterAdmin } from '../__testUtils__/clusterAdmin';
import { CuttableProxy } from '../__testUtils__/CuttableProxy';
import { eventually } from '../__testUtils__/eventually';
import { testInstance } from '../__testUtils__/instance';
import { testRecord } from '../__testUtils__/instances';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { InstanceWatch } from './InstanceWatch';

const instance = testInstance();
const { name } = instance.spec;
const { namespace, release } = instance.names;
const env = [{ name: 'OIDC_SCOPE', value: 'openid' }];
const container = { name: 'mlflow', image: 'example.com/mlflow:1', env };

/** Nobody schedules it: it is there and does not run. */
const podOf = (pod: string, labels: Record<string, string>): V1Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: pod, namespace, labels },
  spec: { schedulerName: 'nobody', containers: [container] },
});

const ours = { 'mlflow.org/instance': name };
const SERVER_LABELS = {
  ...ours,
  'app.kubernetes.io/name': 'mlflow',
  'app.kubernetes.io/instance': release,
};
const JOB = 'mlflow-db-migration';

const deployment: V1Deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: release,
    namespace,
    labels: SERVER_LABELS,
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'mlflow.org/mark': instance.mark,
    },
  },
  spec: {
    replicas: 0,
    paused: true,
    selector: { matchLabels: SERVER_LABELS },
    template: {
      metadata: { labels: SERVER_LABELS },
      spec: { containers: [container] },
    },
  },
};

const job: V1Job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name: JOB,
    namespace,
    labels: { ...ours, 'app.kubernetes.io/managed-by': 'backstage-mlflow' },
  },
  spec: {
    suspend: true,
    template: {
      spec: { restartPolicy: 'Never', containers: [container] },
    },
  },
};

describe('InstanceWatch of what runs', () => {
  const config = sandboxPlatformConfig();
  const admin = clusterAdmin();
  const records = new RecordStore(
    KubernetesClient.fromConfig(config.kubernetes),
    config,
  );
  const record = { ...testRecord({ name }), id: instance.id };
  let proxy: CuttableProxy;
  let watch: InstanceWatch;
  let told: string[];
  let sights: number;

  const seen = () => watch.get(name);
  const status = () => {
    const observed = seen();
    return observed && instanceStatus(observed, watch.freshness(), new Date());
  };

  beforeAll(async () => {
    proxy = await CuttableProxy.listen(new URL(config.kubernetes.server ?? ''));
    await admin.create({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace },
    });
    await eventually('pods may be made', async () => {
      const account = await admin.get({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        name: 'default',
        namespace,
      });
      return account !== undefined;
    });
    await records.create(record);
    watch = new InstanceWatch(
      {
        name: config.name,
        config,
        kubernetes: KubernetesClient.fromConfig({
          ...config.kubernetes,
          server: proxy.url,
        }),
      },
      {
        logger: mockServices.logger.mock(),
        times: { minRetry: 50, maxRetry: 200 },
      },
    );
    watch.subscribe({
      onList: () => {},
      onRecord: () => {},
      onWorkload: changed => told.push(changed),
      onSight: () => {
        sights += 1;
      },
    });
    told = [];
    watch.start();
    await eventually('all is listed', () => !!watch.freshness().rightAt);
  });

  beforeEach(() => {
    told = [];
    sights = 0;
  });

  afterAll(async () => {
    watch.stop();
    await proxy.close();
    await records.remove(name, record.id);
    await admin.delete({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: namespace,
    });
  });

  it('sees server and Jobs apart, and nothing of others in the namespace', async () => {
    await admin.create(deployment);
    await admin.create(job);
    await admin.create(podOf('server', SERVER_LABELS));
    await admin.create(
      podOf('migration', { ...ours, 'batch.kubernetes.io/job-name': JOB }),
    );
    await admin.create(
      podOf('foreign', { ...ours, 'app.kubernetes.io/instance': 'another' }),
    );
    await admin.create(
      podOf('last', { ...ours, 'batch.kubernetes.io/job-name': JOB }),
    );

    await eventually('all came', () => {
      const { jobPods = [], jobs = [] } = seen() ?? {};
      return jobPods.length === 2 && jobs.length === 1 && !!seen()?.deployment;
    });
    const observed = seen();
    expect(observed?.pods.map(pod => pod.metadata?.name)).toEqual(['server']);
    expect(observed?.jobs.map(one => one.metadata?.name)).toEqual([JOB]);
    expect(new Set(told)).toEqual(new Set([name]));
  });

  it('keeps what is read of them, and no more', () => {
    const observed = seen();
    const kept = observed?.deployment;
    expect(kept?.spec?.template.spec?.containers[0]).toMatchObject({
      image: container.image,
      env,
    });
    expect(kept?.metadata?.annotations).toEqual(
      expect.objectContaining({ 'mlflow.org/mark': instance.mark }),
    );
    expect(kept?.metadata?.annotations).not.toHaveProperty([
      'kubectl.kubernetes.io/last-applied-configuration',
    ]);
    expect(observed?.pods[0].spec?.containers[0].env).toBeUndefined();
    expect(observed?.pods[0].status?.phase).toBe('Pending');
    expect(JSON.stringify(observed)).not.toContain('managedFields');
  });

  it('answers while the API server is away, says so, and recovers by itself', async () => {
    const before = watch.freshness().rightAt;
    expect(status()?.staleReason).toBeUndefined();

    proxy.cut();
    await eventually('it is noticed', () => !!status()?.staleReason);
    await eventually('it is told', () => sights > 0);
    await admin.delete({
      apiVersion: 'v1',
      kind: 'Pod',
      name: 'last',
      namespace,
    });
    expect(status()).toMatchObject({
      reason: 'ScaledToZero',
      observedAt: watch.freshness().rightAt?.toISOString(),
    });
    expect(watch.freshness().rightAt?.getTime()).toBeGreaterThanOrEqual(
      before?.getTime() ?? Infinity,
    );
    expect(seen()?.jobPods).toHaveLength(2);

    told = [];
    sights = 0;
    proxy.mend();
    await eventually('it is back', () => seen()?.jobPods.length === 1);
    await eventually('it says so', () => status()?.staleReason === undefined);
    expect(told).toContain(name);
    expect(sights).toBe(1);
  });
});
