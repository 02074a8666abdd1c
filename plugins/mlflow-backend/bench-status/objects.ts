import type { V1ConfigMap, V1Deployment } from '@kubernetes/client-node';
import type { ConditionType } from 'backstage-plugin-mlflow-common';
import type { HealthReport } from '../src/health/HealthReport';
import type { InstanceRecord } from '../src/instances/InstanceRecord';
import type { ApiServer } from './ApiServer.ts';

const CONFIG_MAPS = '/api/v1/namespaces/backstage-mlflow/configmaps';
const AT_ONCE = 16;
const NOW = new Date().toISOString();
const TEAMS = ['team-a', 'team-b'];

/** Name of one instance of the bench. */
export const nameOf = (number: number) =>
  `bench-${String(number).padStart(4, '0')}`;

/** The entity that the catalog makes of it. */
export const entityOf = (number: number) => `mlflow-${nameOf(number)}.sandbox`;

/** As long as a finished run leaves it. */
const MADE = [
  ['Kubernetes', 'Namespace', 'namespace'],
  ['Kubernetes', 'ConfigMap platform-ca', 'namespace'],
  ['PostgreSQL', 'role', 'database'],
  ['PostgreSQL', 'database', 'database'],
  ['PostgreSQL', 'database of logins', 'database'],
  ['Kubernetes', 'Secret mlflow-db-secret', 'database'],
  ['Object store', 'bucket', 'bucket'],
  ['Object store', 'policy', 'bucket'],
  ['Object store', 'user', 'bucket'],
  ['Kubernetes', 'Secret mlflow-s3-secret', 'bucket'],
  ['Keycloak', 'client', 'identity'],
  ['Keycloak', 'client of terminals', 'identity'],
  ['Keycloak', 'client of the reader', 'identity'],
  ['Keycloak', 'group of admins', 'identity'],
  ['Keycloak', 'group of users', 'identity'],
  ['Kubernetes', 'Secret mlflow-oidc-config', 'identity'],
  ['Helm', 'release', 'release'],
  ['Kubernetes', 'Middleware', 'release'],
  ['Kubernetes', 'Ingress mlflow-guard', 'release'],
  ['Kubernetes', 'NetworkPolicy', 'release'],
] as const;

function recordOf(number: number): InstanceRecord {
  const name = nameOf(number);
  const taskId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return {
    id: `bench${String(number).padStart(7, '0')}`,
    platformId: 'benchbench',
    spec: {
      name,
      platform: 'sandbox',
      owner: `group:default/${TEAMS[number % TEAMS.length]}`,
      description: `Instance ${number} of the bench of the status`,
      host: `mlflow-${name}.localhost`,
      line: '3.17',
      size: 'S',
      replicas: 1,
      defaultPermission: 'NO_PERMISSIONS',
      metrics: true,
    },
    generation: 1,
    createdBy: 'user:default/owner',
    createdAt: NOW,
    changedAt: NOW,
    run: {
      taskId,
      action: 'create',
      state: 'done',
      startedAt: NOW,
      aliveAt: NOW,
      finishedAt: NOW,
    },
    made: MADE.map(([system, object, step]) => ({
      system,
      object: `${object} mlflow-${name}`,
      step,
      taskId,
      at: NOW,
    })),
    provisionedAt: NOW,
  };
}

const LOOKED_AT: ConditionType[] = [
  'Secrets',
  'Database',
  'Bucket',
  'Identity',
  'Migration',
  'Login',
  'Artifacts',
  'Metrics',
  'Version',
  'Drift',
];

/** What a look at a healthy instance comes to. */
const reportOf = (record: InstanceRecord): HealthReport => ({
  id: record.id,
  generation: record.generation,
  at: NOW,
  findings: [],
  conditions: LOOKED_AT.map(type => ({
    type,
    status: 'True',
    reason: 'AsWanted',
    message: `${type} of mlflow-${record.spec.name} was looked at, and is as it should be.`,
    since: NOW,
    checkedAt: NOW,
  })),
});

/** As long as the chart's: what of it is kept in memory is measured. */
function deploymentOf(number: number): V1Deployment {
  const release = `mlflow-${nameOf(number)}`;
  const labels = {
    app: 'mlflow',
    'app.kubernetes.io/name': 'mlflow',
    'app.kubernetes.io/instance': release,
  };
  const secret = (name: string, of: string, key: string) => ({
    name,
    valueFrom: { secretKeyRef: { name: of, key } },
  });
  const plain = Array.from({ length: 24 }, (_, index) => ({
    name: `MLFLOW_BENCH_SETTING_${index}`,
    value: `https://${release}.localhost/setting/${index}/of/the/server`,
  }));
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: release,
      namespace: release,
      labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: {
        'meta.helm.sh/release-name': release,
        'meta.helm.sh/release-namespace': release,
      },
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      },
      template: {
        metadata: {
          labels: { ...labels, 'mlflow.org/instance': nameOf(number) },
        },
        spec: {
          containers: [
            {
              name: 'mlflow',
              image: `localhost:30500/mlflow:3.17.2-bench@sha256:${'0'.repeat(
                64,
              )}`,
              command: ['mlflow'],
              args: ['server', '--host=0.0.0.0', '--port=5000', '--workers=1'],
              env: [
                secret('PGUSER', 'mlflow-db-secret', 'username'),
                secret('PGPASSWORD', 'mlflow-db-secret', 'password'),
                secret('AWS_ACCESS_KEY_ID', 'mlflow-s3-secret', 'id'),
                secret('AWS_SECRET_ACCESS_KEY', 'mlflow-s3-secret', 'key'),
                ...plain,
              ],
              envFrom: [{ secretRef: { name: 'mlflow-oidc-config' } }],
              ports: [{ name: 'mlflow', containerPort: 5000 }],
              resources: {
                requests: { cpu: '100m', memory: '512Mi' },
                limits: { cpu: '2', memory: '2Gi' },
              },
              readinessProbe: { httpGet: { path: '/health', port: 'mlflow' } },
              volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
            },
          ],
          volumes: [{ name: 'tmp', emptyDir: {} }],
        },
      },
    },
  };
}

/** No controller runs here, so what it would say is said by us. */
const STATUS = {
  status: {
    observedGeneration: 1,
    replicas: 1,
    updatedReplicas: 1,
    readyReplicas: 1,
    availableReplicas: 1,
    conditions: [
      {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
        lastTransitionTime: NOW,
        lastUpdateTime: NOW,
      },
    ],
  },
};

async function makeInstance(api: ApiServer, number: number): Promise<void> {
  const record = recordOf(number);
  const namespace = `mlflow-${record.spec.name}`;
  await api.write('POST', '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  const deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;
  await api.write('POST', deployments, deploymentOf(number));
  await api.write(
    'PATCH',
    `${deployments}/${namespace}/status`,
    STATUS,
    'application/merge-patch+json',
  );
  await api.write('POST', CONFIG_MAPS, configMap('health', record, reportOf));
  await api.write(
    'POST',
    CONFIG_MAPS,
    configMap('instance', record, () => record),
  );
}

function configMap(
  what: 'instance' | 'health',
  record: InstanceRecord,
  content: (record: InstanceRecord) => unknown,
): V1ConfigMap {
  const { name } = record.spec;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${what}-${name}`,
      labels: {
        'app.kubernetes.io/managed-by': 'backstage-mlflow',
        [`mlflow.org/${what}`]: name,
      },
    },
    data: {
      [what === 'instance' ? 'record.json' : 'health.json']: JSON.stringify(
        content(record),
        undefined,
        2,
      ),
    },
  };
}

/** Makes the instances from one number up to, not with, another. */
export async function makeInstances(
  api: ApiServer,
  from: number,
  to: number,
): Promise<void> {
  let next = from;
  const work = async () => {
    while (next < to) {
      next += 1;
      await makeInstance(api, next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
