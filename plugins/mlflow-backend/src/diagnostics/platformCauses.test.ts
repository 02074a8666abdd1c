import {
  V1ContainerStatus,
  V1Deployment,
  V1Pod,
} from '@kubernetes/client-node';
import { healthyFacts } from '../__testUtils__/facts';
import {
  NOW,
  testDeployment,
  testPod,
  testRecord,
} from '../__testUtils__/instances';
import { toInstance } from '../instances/toInstance';
import { SCHEMAS } from '../releases/schemas';
import { SECRETS_ANNOTATION } from '../releases/values';
import { MIGRATION_JOB } from '../steps/migration';
import { diagnose } from './diagnose';
import { Facts, known } from './Facts';
import { ClusterFacts, Settings } from './facts/clusterFacts';
import { DatabaseFacts, LoginFact } from './facts/databaseFacts';
import { ServerFacts } from './facts/serverFacts';
import { StoreFacts } from './facts/storeFacts';
import { PLATFORM_CAUSES } from './platformCauses';

const healthy = healthyFacts();
const { names } = healthy.instance;
const [, TRACKING_OLDER] = SCHEMAS['3.17'].tracking;

function valueOf<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error('A healthy instance has all facts.');
  }
  return value;
}
const cluster = valueOf(known(healthy.cluster));
const server = valueOf(known(healthy.server));
const databases = valueOf(known(healthy.databases));

type Change = Partial<Facts>;

const inCluster = (changes: Partial<ClusterFacts>): Change => ({
  cluster: { value: { ...cluster, ...changes } },
});
const told = (changes: Partial<Settings>): Change =>
  inCluster({ settings: { ...cluster.settings, ...changes } });
const plain = (values: Record<string, string>): Change =>
  told({ plain: { ...cluster.settings.plain, ...values } });
const without = (name: string): Change => {
  const { [name]: gone, ...rest } = cluster.settings.plain;
  return told({ plain: rest });
};
const serving = (changes: Partial<ServerFacts>): Change => ({
  server: { value: { ...server, ...changes } },
});
const storing = (listing: StoreFacts['listing']): Change => ({
  store: {
    value: { bucket: names.bucket, endpoint: 'https://s3', listing },
  },
});

const holding = (changes: Partial<DatabaseFacts>): Change => ({
  databases: { value: { ...databases, ...changes } },
});
const tracking = (login: LoginFact, revision?: string): Change =>
  holding({ tracking: { ...databases.tracking, user: 'r', login, revision } });
const auth = (login: LoginFact, revision?: string): Change =>
  holding({ auth: { ...databases.auth, user: 'r', login, revision } });
const refused = (
  kind: Extract<LoginFact, { ok: false }>['kind'],
  message: string,
): LoginFact => ({ ok: false, kind, message });

const observing = (changes: Partial<Facts['observed']>): Change => ({
  observed: { ...healthy.observed, ...changes },
});
const pod = (status: Partial<V1ContainerStatus>): V1Pod =>
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
const unready = (status: Partial<V1ContainerStatus> = {}): Change =>
  observing({ pods: [pod(status)] });
const waiting = (reason: string, message: string): Change =>
  unready({ state: { waiting: { reason, message } } });
const logging = (line: string, more: Partial<ClusterFacts> = {}): Change =>
  inCluster({
    logs: [{ pod: 'mlflow-churn-0', lines: ['INFO', line] }],
    ...more,
  });
const crashed = unready({
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { exitCode: 1, reason: 'Error' } },
});
const deploying = (deployment: V1Deployment | undefined): Change =>
  observing({ deployment });
const annotated = (digest: string): V1Deployment => {
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
const certificate = (
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
const line36 = onLine36();
const plain36 = (values: Record<string, string>): Change => {
  const found = valueOf(known(line36.cluster));
  return inCluster({
    settings: {
      ...found.settings,
      plain: { ...found.settings.plain, ...values },
    },
  });
};

const find = (base: Facts, changes: Change[]) =>
  diagnose(Object.assign({}, base, ...changes), PLATFORM_CAUSES);

it('finds nothing at a healthy instance, nor where nobody could be asked', () => {
  expect(find(healthy, [])).toEqual([]);
  const problem = { problem: 'No answer.' };
  expect(
    find(healthy, [
      {
        cluster: problem,
        server: problem,
        databases: problem,
        store: problem,
        identity: problem,
      },
    ]),
  ).toEqual([]);
});

it('finds on line 3.6 what stands there always, and nothing else', () => {
  expect(find(line36, [])).toMatchObject([
    { cause: 'version-below-floor', severity: 'warning' },
  ]);
});

it('forgets what a server that serves now logged once', () => {
  const old =
    'psycopg2.OperationalError: connection to server at "x", port 5432 failed: Connection refused';
  expect(find(healthy, [logging(old)])).toEqual([]);
});

interface Case {
  cause: string;
  facts: Change[];
  /** Of line 3.6. */
  old?: true;
  title: RegExp;
  evidence: RegExp;
  /** Whether the button of the repair is offered. */
  repair: boolean;
}

const DENIED = 'password authentication failed for user "r" (28P01)';
const NO_DATABASE = 'database "x" does not exist (3D000)';

const cases: Case[] = [
  {
    cause: 'tracking-database-password',
    // Both databases are of one role, and the Secret is not what pods have.
    facts: [
      holding({
        tracking: {
          ...databases.tracking,
          user: 'r',
          login: refused('password', DENIED),
        },
        auth: {
          ...databases.auth,
          user: 'r',
          login: refused('password', DENIED),
        },
      }),
      inCluster({ secretsDigest: 'other' }),
      deploying(annotated('d')),
    ],
    title: /database mlflow_churn\./,
    evidence: /password authentication failed/,
    repair: true,
  },
  {
    cause: 'auth-database-password',
    facts: [auth(refused('password', DENIED))],
    title: /database mlflow_churn_auth\./,
    evidence: /password authentication failed/,
    repair: true,
  },
  {
    cause: 'tracking-database-missing',
    facts: [tracking(refused('missing', NO_DATABASE))],
    title: /Database mlflow_churn does not exist/,
    evidence: /does not exist/,
    repair: false,
  },
  {
    cause: 'auth-database-missing',
    facts: [auth(refused('missing', NO_DATABASE))],
    title: /Database mlflow_churn_auth does not exist/,
    evidence: /does not exist/,
    repair: false,
  },
  {
    cause: 'database-down',
    facts: [
      tracking(refused('unreachable', 'connect ECONNREFUSED')),
      auth(refused('unreachable', 'connect ECONNREFUSED')),
      crashed,
    ],
    title: /PostgreSQL at db.example.com:5432 does not answer/,
    evidence: /ECONNREFUSED/,
    repair: false,
  },
  {
    cause: 'database-down',
    facts: [{ databases: { problem: 'PostgreSQL: no answer within 10 s.' } }],
    title: /does not answer/,
    evidence: /no answer within/,
    repair: false,
  },
  {
    cause: 'database-down',
    facts: [
      unready(),
      logging(
        'psycopg2.OperationalError: connection to server at "dead", port 5432 failed: Connection refused',
        {
          settings: {
            ...cluster.settings,
            plain: { ...cluster.settings.plain, PGHOST: 'dead' },
          },
        },
      ),
    ],
    title: /The server does not reach PostgreSQL at dead/,
    evidence: /dead/,
    repair: true,
  },
  {
    cause: 'database-down',
    facts: [
      serving({
        ready: {
          status: 503,
          contentType: 'application/json',
          text: '{"checks":{"oidc":true,"database": false}}',
        },
      }),
    ],
    title: /The server does not reach PostgreSQL at pg.svc/,
    evidence: /"database": false/,
    repair: false,
  },
  {
    cause: 'database-connections-used-up',
    facts: [
      holding({
        tracking: {
          ...databases.tracking,
          user: 'r',
          login: refused('full', 'too many connections for role "r" (53300)'),
        },
        connections: { used: 40, limit: 40 },
      }),
    ],
    title: /gives role r no more connections/,
    evidence: /too many connections/,
    repair: false,
  },
  {
    cause: 's3-keys-wrong',
    facts: [
      storing({ ok: false, kind: 'key', message: 'InvalidAccessKeyId (403)' }),
      inCluster({ secretsDigest: 'other' }),
      deploying(annotated('d')),
    ],
    title: /refuses the server's key/,
    evidence: /InvalidAccessKeyId/,
    repair: true,
  },
  {
    cause: 'bucket-missing',
    facts: [storing({ ok: false, kind: 'missing', message: 'NoSuchBucket' })],
    title: /Bucket mlflow-churn does not exist/,
    evidence: /NoSuchBucket/,
    repair: true,
  },
  {
    cause: 'bucket-forbidden',
    facts: [storing({ ok: false, kind: 'forbidden', message: 'AccessDenied' })],
    title: /may not use bucket/,
    evidence: /AccessDenied/,
    repair: true,
  },
  {
    cause: 'object-store-down',
    facts: [
      storing({ ok: false, kind: 'unreachable', message: 'ECONNREFUSED' }),
    ],
    title: /object store at https:\/\/s3.example.com does not answer/,
    evidence: /ECONNREFUSED/,
    repair: false,
  },
  {
    cause: 'object-store-down',
    facts: [
      plain({ MLFLOW_S3_ENDPOINT_URL: 'http://dead' }),
      serving({
        artifacts: { status: 500, contentType: 'text/html', text: 'oops' },
      }),
    ],
    title: /The server does not reach the object store at http:\/\/dead/,
    evidence: /http:\/\/dead/,
    repair: true,
  },
  {
    cause: 'secret-missing',
    facts: [
      inCluster({
        secrets: cluster.secrets.map(secret =>
          secret.name === names.secrets.objectStore
            ? { ...secret, keys: ['AWS_ACCESS_KEY_ID'] }
            : secret,
        ),
        secretsDigest: 'other',
      }),
      deploying(annotated('d')),
    ],
    title: /AWS_SECRET_ACCESS_KEY in Secret mlflow-s3-secret/,
    evidence: /no value for AWS_SECRET_ACCESS_KEY/,
    repair: true,
  },
  {
    cause: 'secret-missing',
    // An encryption key is in it, which nobody can make again.
    facts: [
      inCluster({
        secrets: cluster.secrets.filter(
          ({ name }) => name !== names.secrets.oidc,
        ),
      }),
    ],
    title: /Secret mlflow-oidc-config/,
    evidence: /does not exist/,
    repair: false,
  },
  {
    cause: 'secret-key-unset',
    facts: [told({ fromSecrets: {} })],
    title: /SECRET_KEY is not set/,
    evidence: /no value for SECRET_KEY/,
    repair: true,
  },
  {
    cause: 'secret-key-differs',
    facts: [
      observing({
        deployment: annotated('before'),
        pods: [{ ...testPod({ startTime: NOW }) }],
      }),
      inCluster({
        secretsDigest: 'after',
        secrets: cluster.secrets.map(secret =>
          secret.name === names.secrets.oidc
            ? {
                ...secret,
                changedAt: {
                  OIDC_CLIENT_ID: '2026-01-01T00:00:00.000Z',
                  SECRET_KEY: '2026-01-03T00:00:00.000Z',
                },
              }
            : secret,
        ),
      }),
    ],
    title: /: SECRET_KEY changed after they started/,
    evidence: /before/,
    repair: true,
  },
  {
    cause: 'schema-newer',
    facts: [
      tracking({ ok: true }, 'ffffffffffff'),
      crashed,
      logging('MlflowException: Detected out-of-date database schema'),
    ],
    title: /newer than the server/,
    evidence: /ffffffffffff/,
    repair: false,
  },
  {
    cause: 'migration-failed',
    facts: [
      tracking({ ok: true }, TRACKING_OLDER),
      crashed,
      logging('MlflowException: Detected out-of-date database schema'),
    ],
    title: /could not be migrated to MLflow 3.17.2/,
    evidence: new RegExp(TRACKING_OLDER),
    repair: false,
  },
  {
    cause: 'migration-failed',
    facts: [
      observing({
        jobs: [
          {
            metadata: { name: MIGRATION_JOB },
            status: {
              failed: 1,
              conditions: [
                {
                  type: 'Failed',
                  status: 'True',
                  reason: 'BackoffLimitExceeded',
                },
              ],
            },
          },
        ],
      }),
    ],
    title: /could not be migrated/,
    evidence: /BackoffLimitExceeded/,
    repair: false,
  },
  {
    cause: 'image-missing',
    facts: [
      waiting('ErrImagePull', 'failed to resolve reference "x": x: not found'),
    ],
    title: /does not have image registry.example.com\/mlflow:1/,
    evidence: /not found/,
    repair: true,
  },
  {
    cause: 'image-pull-refused',
    // While the node pauses, its event alone tells the reason.
    facts: [
      waiting('ImagePullBackOff', 'Back-off pulling image "x"'),
      inCluster({
        events: [
          {
            metadata: {},
            involvedObject: { kind: 'Pod', name: 'mlflow-churn-0' },
            reason: 'Failed',
            message:
              'Failed to pull image "x": failed to authorize: 401 Unauthorized',
          },
        ],
      }),
    ],
    title: /does not let the nodes pull/,
    evidence: /401/,
    repair: false,
  },
  {
    cause: 'image-pull-failed',
    facts: [
      waiting('ErrImagePull', 'dial tcp 127.0.0.1:1: connection refused'),
    ],
    title: /cannot pull image/,
    evidence: /connection refused/,
    repair: false,
  },
  {
    cause: 'unschedulable',
    facts: [
      observing({
        pods: [
          testPod({
            conditions: [
              {
                type: 'PodScheduled',
                status: 'False',
                reason: 'Unschedulable',
                message: '0/1 nodes are available: 1 Insufficient memory.',
              },
            ],
          }),
        ],
      }),
    ],
    title: /No node/,
    evidence: /Insufficient memory/,
    repair: false,
  },
  {
    cause: 'quota-reached',
    facts: [
      deploying(
        testDeployment({
          conditions: [
            {
              type: 'ReplicaFailure',
              status: 'True',
              reason: 'FailedCreate',
              message: 'pods "x" is forbidden: exceeded quota: small, used: 1',
            },
          ],
        }),
      ),
      inCluster({ quotas: [{ name: 'small', reached: ['pods: 1 of 1'] }] }),
    ],
    title: /quota of namespace mlflow-churn/,
    evidence: /exceeded quota: small/,
    repair: false,
  },
  {
    cause: 'out-of-memory',
    facts: [
      unready({
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      }),
    ],
    title: /more memory than its limit/,
    evidence: /OOMKilled, 2 restarts/,
    repair: false,
  },
  {
    cause: 'flask-app-name',
    facts: [
      told({ args: ['server', '--app-name', 'oidc-auth-flask'] }),
      crashed,
    ],
    title: /run as oidc-auth-flask/,
    evidence: /--app-name=oidc-auth-flask/,
    repair: true,
  },
  {
    cause: 'allowed-hosts-wrong',
    facts: [plain({ MLFLOW_SERVER_ALLOWED_HOSTS: '*.svc.cluster.local:5000' })],
    title: /https:\/\/mlflow-churn.example.com/,
    evidence: /without mlflow-churn.example.com/,
    repair: true,
  },
  {
    cause: 'allowed-hosts-wrong',
    facts: [
      serving({
        byService: {
          status: 403,
          contentType: 'text/plain',
          text: 'Invalid Host header - possible DNS rebinding attack detected',
        },
      }),
    ],
    title: /all of its names/,
    evidence: /Invalid Host header/,
    repair: true,
  },
  {
    cause: 'session-store-wrong',
    old: true,
    facts: [plain36({ SESSION_TYPE: 'filesystem' })],
    title: /kept in filesystem/,
    evidence: /filesystem/,
    repair: true,
  },
  {
    cause: 'file-sessions-with-replicas',
    old: true,
    facts: [deploying(testDeployment({}, { replicas: 2 }))],
    title: /2 servers keep their sessions apart/,
    evidence: /2 replicas/,
    repair: true,
  },
  {
    cause: 'group-detection-plugin-set',
    facts: [plain({ OIDC_GROUP_DETECTION_PLUGIN: 'oidc' })],
    title: /the module oidc/,
    evidence: /oidc/,
    repair: true,
  },
  {
    cause: 'ingress-missing',
    facts: [
      inCluster({ ingress: [] }),
      serving({
        anonymous: { status: 404, contentType: 'text/plain', text: '404' },
      }),
    ],
    title: /No Ingress leads from https:\/\/mlflow-churn.example.com/,
    evidence: /no Ingress mlflow-churn/,
    repair: true,
  },
  {
    cause: 'ingress-without-address',
    facts: [
      inCluster({
        ingress: cluster.ingress.map(found => ({
          ...found,
          className: 'nobody',
          addresses: [],
        })),
      }),
      serving({
        anonymous: { status: 404, contentType: 'text/plain', text: '404' },
      }),
    ],
    title: /No ingress controller serves/,
    evidence: /class nobody, no address/,
    repair: true,
  },
  {
    cause: 'certificate-expired',
    facts: [
      certificate({
        validTo: '2026-01-01T00:00:00.000Z',
        refused: 'CERT_HAS_EXPIRED',
      }),
    ],
    title: /has expired/,
    evidence: /until 2026-01-01/,
    repair: false,
  },
  {
    cause: 'certificate-expiring',
    facts: [certificate({ validTo: '2026-01-07T04:00:00.000Z' })],
    title: /expires in 5 days/,
    evidence: /until 2026-01-07/,
    repair: false,
  },
  {
    cause: 'certificate-untrusted',
    facts: [certificate({ refused: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })],
    title: /is not trusted/,
    evidence: /UNABLE_TO_VERIFY/,
    repair: false,
  },
  {
    cause: 'certificate-untrusted',
    facts: [certificate({ refused: 'ERR_TLS_CERT_ALTNAME_INVALID' })],
    title: /is for another name/,
    evidence: /ALTNAME/,
    repair: false,
  },
  {
    cause: 'settings-changed',
    facts: [plain({ DEFAULT_MLFLOW_PERMISSION: 'MANAGE' })],
    title: /DEFAULT_MLFLOW_PERMISSION/,
    evidence: /MANAGE, not NO_PERMISSIONS/,
    repair: true,
  },
  {
    cause: 'settings-changed',
    facts: [without('OIDC_AUDIENCE')],
    title: /OIDC_AUDIENCE/,
    evidence: /not set, not mlflow-churn/,
    repair: true,
  },
  {
    cause: 'server-crashing',
    facts: [crashed, logging('ValueError: no such thing')],
    title: /ends soon after its start/,
    evidence: /ValueError/,
    repair: false,
  },
  {
    cause: 'scaled-to-zero',
    facts: [deploying(testDeployment({}, { replicas: 0 }))],
    title: /scaled to no servers/,
    evidence: /0 replicas/,
    repair: true,
  },
  {
    cause: 'deployment-missing',
    facts: [observing({ deployment: undefined, pods: [] })],
    title: /Deployment mlflow-churn\/mlflow-churn does not exist/,
    evidence: /no Deployment mlflow-churn/,
    repair: true,
  },
];

describe.each(cases)('$cause: $title', found => {
  const { cause, facts, old, title, evidence, repair } = found;
  const findings = find(old ? line36 : healthy, facts).filter(
    other => !old || other.cause !== 'version-below-floor',
  );

  it('is found, alone', () => {
    expect(findings.map(other => other.cause)).toEqual([cause]);
  });

  it('says what, why and what to do', () => {
    const [{ title: said, evidence: shown, remedy, template }] = findings;
    expect(said).toMatch(title);
    expect(shown.map(({ text }) => text).join('\n')).toMatch(evidence);
    expect(shown.every(({ source, text }) => source && text)).toBe(true);
    expect(remedy).toMatch(/\.$/);
    expect(template).toBe(repair ? 'mlflow-repair' : undefined);
  });
});

it('has a case for every cause', () => {
  const tried = new Set([
    ...cases.map(({ cause }) => cause),
    'version-below-floor',
  ]);
  expect(PLATFORM_CAUSES.map(({ name }) => name).sort()).toEqual(
    [...tried].sort(),
  );
});
