import {
  V1ContainerStatus,
  V1Deployment,
  V1Pod,
} from '@kubernetes/client-node';
import { healthyFacts } from '../facts';
import { testDeployment, testPod, testRecord } from '../instances';
import { toInstance } from '../../instances/toInstance';
import { SCHEMAS } from '../../releases/schemas';
import { SECRETS_ANNOTATION } from '../../releases/values';
import { Facts, known } from '../../diagnostics/Facts';
import { ClusterFacts, Settings } from '../../diagnostics/facts/clusterFacts';
import {
  DatabaseFacts,
  LoginFact,
} from '../../diagnostics/facts/databaseFacts';
import { ServerFacts } from '../../diagnostics/facts/serverFacts';
import { StoreFacts } from '../../diagnostics/facts/storeFacts';

export const healthy = healthyFacts();
export const { names } = healthy.instance;
export const [, TRACKING_OLDER] = SCHEMAS['3.17'].tracking;

function valueOf<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('A healthy instance has all facts.');
  }
  return value;
}
export const cluster = valueOf(known(healthy.cluster));
export const server = valueOf(known(healthy.server));
export const databases = valueOf(known(healthy.databases));

/** What a test changes of the facts of a healthy instance. */
export type Change = Partial<Facts>;

export const inCluster = (changes: Partial<ClusterFacts>): Change => ({
  cluster: { value: { ...cluster, ...changes } },
});
export const told = (changes: Partial<Settings>): Change =>
  inCluster({ settings: { ...cluster.settings, ...changes } });
export const plain = (values: Record<string, string>): Change =>
  told({ plain: { ...cluster.settings.plain, ...values } });
export const without = (name: string): Change => {
  const { [name]: gone, ...rest } = cluster.settings.plain;
  return told({ plain: rest });
};
export const serving = (changes: Partial<ServerFacts>): Change => ({
  server: { value: { ...server, ...changes } },
});
export const storing = (listing: StoreFacts['listing']): Change => ({
  store: {
    value: { bucket: names.bucket, endpoint: 'https://s3', listing },
  },
});

export const holding = (changes: Partial<DatabaseFacts>): Change => ({
  databases: { value: { ...databases, ...changes } },
});
export const tracking = (login: LoginFact, revision?: string): Change =>
  holding({ tracking: { ...databases.tracking, user: 'r', login, revision } });
export const auth = (login: LoginFact, revision?: string): Change =>
  holding({ auth: { ...databases.auth, user: 'r', login, revision } });
export const refused = (
  kind: Extract<LoginFact, { ok: false }>['kind'],
  message: string,
): LoginFact => ({ ok: false, kind, message });

export const observing = (changes: Partial<Facts['observed']>): Change => ({
  observed: { ...healthy.observed, ...changes },
});
export const pod = (status: Partial<V1ContainerStatus>): V1Pod =>
  testPod({
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'False' }],
    containerStatuses: [
      {
        name: 'mlflow',
        image: 'registry.example.com/mlflow:1',
        imageID: '',
        ready: false,
        restartCount: 2,
        ...status,
      },
    ],
  });
export const unready = (status: Partial<V1ContainerStatus> = {}): Change =>
  observing({ pods: [pod(status)] });
export const waiting = (reason: string, message: string): Change =>
  unready({ state: { waiting: { reason, message } } });
export const logging = (
  line: string,
  more: Partial<ClusterFacts> = {},
): Change =>
  inCluster({
    logs: [{ pod: 'mlflow-churn-0', lines: ['INFO', line] }],
    ...more,
  });
export const crashed = unready({
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { exitCode: 1, reason: 'Error' } },
});
export const deploying = (deployment: V1Deployment | undefined): Change =>
  observing({ deployment });
export const annotated = (digest: string): V1Deployment => {
  const deployment = testDeployment();
  return {
    ...deployment,
    spec: {
      selector: {},
      ...deployment.spec,
      template: {
        metadata: { annotations: { [SECRETS_ANNOTATION]: digest } },
      },
    },
  };
};
export const certificate = (
  changes: Partial<NonNullable<ServerFacts['certificate']>>,
): Change =>
  serving({
    certificate: { ...valueOf(server.certificate), ...changes },
  });
const onLine36 = (): Facts => {
  const instance = toInstance(testRecord({ line: '3.6' }));
  const { extraEnvVars } = instance.release.values({
    instance,
    platform: healthy.platform,
    image: { repository: '', tag: '' },
    secretsDigest: '',
  });
  const settings: Settings = {
    ...cluster.settings,
    plain: Object.fromEntries(
      [
        ...Object.entries(extraEnvVars ?? {}),
        ...Object.entries(cluster.settings.plain).filter(
          ([name]) => name === 'MLFLOW_SERVER_ALLOWED_HOSTS',
        ),
      ].map(([name, value]) => [name, String(value)]),
    ),
    args: ['--app-name=oidc-auth-fastapi'],
  };
  const [schema] = [SCHEMAS['3.6']];
  return {
    ...healthy,
    instance,
    ...inCluster({ settings }),
    ...holding({
      tracking: { ...databases.tracking, revision: schema.tracking[0] },
      auth: { ...databases.auth, revision: schema.auth[0] },
    }),
  };
};
export const line36 = onLine36();
export const plain36 = (values: Record<string, string>): Change => {
  const found = valueOf(known(line36.cluster));
  return inCluster({
    settings: {
      ...found.settings,
      plain: { ...found.settings.plain, ...values },
    },
  });
};
