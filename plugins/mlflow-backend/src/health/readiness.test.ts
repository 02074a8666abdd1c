import { V1Deployment, V1Pod } from '@kubernetes/client-node';
import {
  CONDITION_TYPES,
  ConditionType,
  Finding,
  InstanceCondition,
  InstanceStatus,
} from 'backstage-plugin-mlflow-common';
import { InstanceRecord } from '../instances/InstanceRecord';
import {
  NOW,
  testDeployment,
  testObserved,
  testPod,
  testRecord,
} from '../__testUtils__/instances';
import { Freshness, ObservedInstance } from '../watch/ObservedInstance';
import { HealthReport } from './HealthReport';
import { instanceStatus, toSummary } from './readiness';

const fresh: Freshness = { complete: true, rightAt: NOW };
const minutesAgo = (minutes: number) =>
  new Date(NOW.getTime() - minutes * 60_000);

const waiting = (reason: string, lastReason?: string) =>
  testPod({
    containerStatuses: [
      {
        name: 'mlflow',
        image: 'i',
        imageID: '',
        ready: false,
        restartCount: 3,
        state: { waiting: { reason } },
        lastState: lastReason
          ? { terminated: { exitCode: 137, reason: lastReason } }
          : undefined,
      },
    ],
  });

const none = { availableReplicas: 0 };

function conditionOf(
  { conditions }: InstanceStatus,
  type: ConditionType,
): InstanceCondition {
  const found = conditions.find(condition => condition.type === type);
  if (!found) {
    throw new Error(`There is no condition ${type}.`);
  }
  return found;
}

const finding = (changes: Partial<Finding> = {}): Finding => ({
  cause: 'redirect-uri-mismatch',
  condition: 'Login',
  severity: 'error',
  title: 'Keycloak refuses.',
  evidence: [],
  remedy: 'Run the repair.',
  values: {},
  ...changes,
});

const condition = (
  type: ConditionType,
  status: InstanceCondition['status'],
): InstanceCondition => ({
  type,
  status,
  reason: `${type}Is${status}`,
  message: `${type} is ${status}.`,
});

/** Of a look a minute ago at the instance of the fixtures. */
const report = (changes: Partial<HealthReport> = {}): HealthReport => ({
  id: 'a1b2c3d4e5f6',
  generation: 1,
  at: minutesAgo(1).toISOString(),
  findings: [],
  conditions: [],
  ...changes,
});

interface Case {
  record?: InstanceRecord;
  deployment?: V1Deployment | 'missing';
  pods?: V1Pod[];
  freshness?: Freshness;
  health?: HealthReport;
  phase: string;
  reason: string;
  says?: RegExp;
}

const cases: Record<string, Case> = {
  'all is well': { phase: 'Ready', reason: 'Available' },
  'a run is under way': {
    record: testRecord({}, { state: 'running', step: 'database' }),
    phase: 'Progressing',
    reason: 'Provisioning',
    says: /Step database is running/,
  },
  'a run is under way while the server is still up': {
    record: testRecord({}, { state: 'running' }),
    phase: 'Progressing',
    reason: 'Provisioning',
  },
  'a step failed': {
    record: testRecord(
      {},
      { state: 'failed', step: 'bucket', message: 'The bucket is not ours.' },
    ),
    deployment: 'missing',
    phase: 'Failed',
    reason: 'StepFailed',
    says: /Step bucket failed. The bucket is not ours./,
  },
  'a run died without a word': {
    record: {
      ...testRecord({}, { state: 'running', step: 'release' }),
      changedAt: minutesAgo(31).toISOString(),
    },
    phase: 'Failed',
    reason: 'RunStalled',
    says: /31 minutes/,
  },
  'a run is being undone': {
    record: testRecord({}, { state: 'undoing', step: 'undo' }),
    phase: 'Progressing',
    reason: 'Provisioning',
    says: /Step undo is running/,
  },
  'an undo did not come to its end': {
    record: testRecord(
      {},
      { state: 'undoing', step: 'undo', message: 'Keycloak is down.' },
    ),
    phase: 'Failed',
    reason: 'UndoFailed',
    says: /did not come to its end. Keycloak is down./,
  },
  'an undo left something': {
    record: testRecord({}, { state: 'undone', message: 'Left: group x.' }),
    phase: 'Failed',
    reason: 'Undone',
    says: /was undone. Left: group x./,
  },
  'a repair of it was undone': {
    record: {
      ...testRecord({}, { state: 'undone' }),
      provisionedAt: minutesAgo(60).toISOString(),
    },
    phase: 'Ready',
    reason: 'Available',
  },
  'the deployment is gone': {
    deployment: 'missing',
    phase: 'Failed',
    reason: 'DeploymentMissing',
    says: /mlflow-churn\/mlflow-churn does not exist/,
  },
  'the counts are those of an older generation': {
    deployment: testDeployment({ observedGeneration: 1 }),
    phase: 'Progressing',
    reason: 'ChangeNotObserved',
  },
  'the controller has not looked yet': {
    deployment: testDeployment({ observedGeneration: undefined }),
    phase: 'Progressing',
    reason: 'ChangeNotObserved',
  },
  'somebody scaled it to zero': {
    deployment: testDeployment(
      { replicas: 0, updatedReplicas: 0, availableReplicas: 0 },
      { replicas: 0 },
    ),
    phase: 'Degraded',
    reason: 'ScaledToZero',
  },
  'the server starts': {
    deployment: testDeployment(none),
    phase: 'Progressing',
    reason: 'Starting',
    says: /0 of 1/,
  },
  'the container is being made': {
    deployment: testDeployment(none),
    pods: [waiting('ContainerCreating')],
    phase: 'Progressing',
    reason: 'Starting',
  },
  'an old pod still serves while a new one comes': {
    deployment: testDeployment({ replicas: 2 }),
    phase: 'Progressing',
    reason: 'RollingOut',
  },
  'the image cannot be pulled': {
    deployment: testDeployment(none),
    pods: [waiting('ImagePullBackOff')],
    phase: 'Failed',
    reason: 'ImagePullBackOff',
    says: /nodes can pull it/,
  },
  'the server crashes': {
    deployment: testDeployment(none),
    pods: [waiting('CrashLoopBackOff', 'Error')],
    phase: 'Failed',
    reason: 'CrashLoopBackOff',
    says: /3 restarts/,
  },
  'the server crashes for want of memory': {
    deployment: testDeployment(none),
    pods: [waiting('CrashLoopBackOff', 'OOMKilled')],
    phase: 'Failed',
    reason: 'OOMKilled',
    says: /larger size/,
  },
  'no node has room': {
    deployment: testDeployment(none),
    pods: [
      testPod({
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: 'Insufficient memory',
          },
        ],
      }),
    ],
    phase: 'Failed',
    reason: 'Unschedulable',
    says: /Insufficient memory/,
  },
  'one of two servers crashes': {
    deployment: testDeployment(
      { replicas: 2, updatedReplicas: 2, availableReplicas: 1 },
      { replicas: 2 },
    ),
    pods: [waiting('CrashLoopBackOff')],
    phase: 'Degraded',
    reason: 'CrashLoopBackOff',
  },
  'a rollout got stuck for an unknown cause': {
    deployment: testDeployment({
      ...none,
      conditions: [
        {
          type: 'Progressing',
          status: 'False',
          reason: 'ProgressDeadlineExceeded',
        },
      ],
    }),
    phase: 'Failed',
    reason: 'ProgressDeadlineExceeded',
  },
  'nothing is wrong by the last look': {
    health: report({
      conditions: [condition('Login', 'True'), condition('Database', 'True')],
    }),
    phase: 'Ready',
    reason: 'Available',
  },
  'the last look found a cause while the server is up': {
    health: report({ findings: [finding()] }),
    phase: 'Degraded',
    reason: 'RedirectUriMismatch',
    says: /^Keycloak refuses. Run the repair.$/,
  },
  'the last look found a risk only': {
    health: report({
      findings: [
        finding({ severity: 'warning', cause: 'certificate-expiring' }),
      ],
    }),
    phase: 'Ready',
    reason: 'Available',
  },
  'the last look found why the server does not come up': {
    deployment: testDeployment({
      ...none,
      conditions: [{ type: 'Available', status: 'False' }],
    }),
    health: report({
      findings: [finding({ cause: 'database-down', condition: 'Database' })],
    }),
    phase: 'Failed',
    reason: 'DatabaseDown',
  },
  'the last look found something wrong without knowing why': {
    health: report({ conditions: [condition('Artifacts', 'False')] }),
    phase: 'Degraded',
    reason: 'ArtifactsIsFalse',
  },
  'it differs from what was asked for, and works': {
    health: report({
      conditions: [condition('Drift', 'False'), condition('Metrics', 'False')],
    }),
    phase: 'Ready',
    reason: 'Available',
  },
  'the last look was at an earlier instance of the name': {
    health: report({ id: 'other', findings: [finding()] }),
    phase: 'Ready',
    reason: 'Available',
  },
  'the last look was at other settings': {
    record: { ...testRecord(), generation: 2 },
    health: report({ findings: [finding()] }),
    phase: 'Ready',
    reason: 'Available',
  },
  'a run ended since the last look': {
    record: testRecord({}, { finishedAt: NOW.toISOString() }),
    health: report({ findings: [finding()] }),
    phase: 'Ready',
    reason: 'Available',
  },
  'the server came up since the last look found why it did not': {
    health: report({
      findings: [finding({ cause: 'image-missing', condition: 'Server' })],
    }),
    phase: 'Ready',
    reason: 'Available',
  },
  'a run is under way after a look found something': {
    record: testRecord({}, { state: 'running', step: 'identity' }),
    health: report({ findings: [finding()] }),
    phase: 'Progressing',
    reason: 'Provisioning',
  },
  'the cluster was not seen yet': {
    freshness: { complete: true },
    phase: 'Unknown',
    reason: 'ClusterNotObserved',
  },
  'the cluster is out of sight for a moment': {
    freshness: { ...fresh, rightAt: minutesAgo(1), error: new Error('gone') },
    phase: 'Ready',
    reason: 'Available',
  },
  'the cluster is out of sight for long': {
    freshness: { ...fresh, rightAt: minutesAgo(3), error: new Error('gone') },
    phase: 'Unknown',
    reason: 'ClusterNotObserved',
    says: /last seen at 2026-01-02T03:01:05.000Z. gone/,
  },
};

describe('instanceStatus', () => {
  it.each(Object.entries(cases))('%s', (_, given) => {
    const deployment = given.deployment ?? testDeployment();
    const status = instanceStatus(
      testObserved({
        record: given.record ?? testRecord(),
        deployment: deployment === 'missing' ? undefined : deployment,
        pods: given.pods ?? [],
        health: given.health,
      }),
      given.freshness ?? fresh,
      NOW,
    );

    expect(status).toMatchObject({ phase: given.phase, reason: given.reason });
    expect(status.message).toMatch(given.says ?? /./);
  });

  it('says all that the card shows', () => {
    const observed = testObserved({ deployment: testDeployment() });

    const status = instanceStatus(observed, fresh, NOW);

    expect(status).toMatchObject({
      platform: 'lab',
      name: 'churn',
      owner: 'group:default/team-a',
      replicas: { wanted: 1, ready: 1 },
      urls: {
        mlflow: 'https://mlflow-churn.example.com/',
        permissions: 'https://mlflow-churn.example.com/oidc/ui/',
      },
      taskId: 'task-1',
      changedAt: NOW.toISOString(),
      observedAt: NOW.toISOString(),
    });
    expect(status.conditions.map(({ type, status: is }) => [type, is])).toEqual(
      [
        ['Provisioned', 'True'],
        ['Secrets', 'Unknown'],
        ['Database', 'Unknown'],
        ['Bucket', 'Unknown'],
        ['Identity', 'Unknown'],
        ['Migration', 'True'],
        ['Release', 'True'],
        ['Server', 'True'],
        ['Login', 'Unknown'],
        ['Artifacts', 'Unknown'],
        ['Metrics', 'Unknown'],
        ['Version', 'True'],
        ['Drift', 'Unknown'],
      ],
    );
    expect(conditionOf(status, 'Server').since).toBe(NOW.toISOString());
    expect(status.versions.warning).toBeUndefined();
    expect(Object.keys(toSummary(status))).not.toContain('conditions');
  });

  it('says at once that the cluster cannot be asked, and keeps what was seen', () => {
    const observed = testObserved({ deployment: testDeployment() });
    const error = new Error('The API server did not answer.');

    const status = instanceStatus(
      observed,
      { ...fresh, rightAt: minutesAgo(1), error },
      NOW,
    );

    expect(status).toMatchObject({
      phase: 'Ready',
      observedAt: minutesAgo(1).toISOString(),
      staleReason: error.message,
    });
    expect(toSummary(status).staleReason).toBe(error.message);
    expect(instanceStatus(observed, fresh, NOW)).not.toHaveProperty(
      'staleReason',
    );
  });

  it('does not miss a server that is not made yet', () => {
    const record = testRecord({}, { state: 'running', step: 'claim' });

    const status = instanceStatus(testObserved({ record }), fresh, NOW);

    expect(conditionOf(status, 'Provisioned').reason).toBe('Provisioning');
    expect(conditionOf(status, 'Server').reason).toBe('NotYetMade');
    expect(conditionOf(status, 'Release').reason).toBe('NotYetMade');
  });

  it('takes dates as a watch brings them, as text', () => {
    const deployment: V1Deployment = JSON.parse(
      JSON.stringify(testDeployment()),
    );

    const status = instanceStatus(testObserved({ deployment }), fresh, NOW);

    expect(conditionOf(status, 'Server').since).toBe(NOW.toISOString());
  });

  const asOf = (seen: Partial<ObservedInstance>) =>
    instanceStatus(
      testObserved({ deployment: testDeployment(), ...seen }),
      fresh,
      NOW,
    );

  it('tells every condition, in the order of the types', () => {
    expect(asOf({}).conditions.map(({ type }) => type)).toEqual(
      CONDITION_TYPES,
    );
  });

  it('says that nobody has looked yet', () => {
    const status = asOf({});
    expect(conditionOf(status, 'Login')).toEqual({
      type: 'Login',
      status: 'Unknown',
      reason: 'NotLookedAt',
      message: 'Nobody has looked yet.',
    });
    expect(status).not.toHaveProperty('checkedAt');
  });

  it('tells what the last look found, and when that was', () => {
    const health = report({
      findings: [finding()],
      conditions: [condition('Login', 'False')],
    });
    const status = asOf({ health });
    expect(status.checkedAt).toBe(health.at);
    expect(status.findings).toEqual(health.findings);
    expect(conditionOf(status, 'Login')).toEqual({
      ...condition('Login', 'False'),
      checkedAt: health.at,
    });
  });

  it('says how old an old look is', () => {
    const health = report({
      at: minutesAgo(25).toISOString(),
      conditions: [condition('Login', 'True')],
    });
    expect(conditionOf(asOf({ health }), 'Login').message).toBe(
      'Login is True. Seen 25 minutes ago.',
    );
  });

  it('lets a finding speak of the condition that is watched', () => {
    const found = finding({ cause: 'out-of-memory', condition: 'Server' });
    const status = asOf({
      health: report({ at: NOW.toISOString(), findings: [found] }),
    });
    expect(conditionOf(status, 'Server')).toMatchObject({
      status: 'False',
      reason: 'OutOfMemory',
    });
  });

  it.each([
    ['True', false],
    ['False', true],
    ['Unknown', undefined],
  ] as const)('counts for the list, Drift %s', (status, drifted) => {
    const health = report({
      findings: [finding()],
      conditions: [condition('Drift', status)],
    });
    const summary = toSummary(asOf({ health }));
    expect(summary.findings).toBe(1);
    expect(summary.drifted).toBe(drifted);
  });

  it.each([
    [[{ type: 'Failed', status: 'True' }], 'False', 'JobFailed'],
    [[{ type: 'Complete', status: 'True' }], 'True', 'ByJob'],
    [[], 'Unknown', 'JobRunning'],
  ])('tells of the migration by its Job %j', (conditions, is, reason) => {
    const job = {
      metadata: { name: 'mlflow-db-migration' },
      status: { conditions },
    };
    expect(conditionOf(asOf({ jobs: [job] }), 'Migration')).toMatchObject({
      status: is,
      reason,
    });
  });

  it('tells that the server has yet to migrate', () => {
    const starting = asOf({ deployment: testDeployment(none) });
    expect(conditionOf(starting, 'Migration').status).toBe('Unknown');
    expect(conditionOf(asOf({}), 'Migration').reason).toBe('ByServer');
  });

  it('warns of a line with known holes', () => {
    const record = testRecord({ line: '3.6' });

    const status = instanceStatus(testObserved({ record }), fresh, NOW);

    expect(status.versions.warning).toEqual(expect.stringMatching(/./));
    expect(conditionOf(status, 'Version')).toMatchObject({
      status: 'False',
      reason: 'BelowFloor',
      message: status.versions.warning,
    });
  });
});
