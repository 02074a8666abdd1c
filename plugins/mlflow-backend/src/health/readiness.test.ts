import { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { InstanceRecord } from '../instances/InstanceRecord';
import {
  NOW,
  testDeployment,
  testObserved,
  testPod,
  testRecord,
} from '../__testUtils__/instances';
import { Freshness } from '../watch/ObservedInstance';
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

interface Case {
  record?: InstanceRecord;
  deployment?: V1Deployment | 'missing';
  pods?: V1Pod[];
  freshness?: Freshness;
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
        ['Available', 'True'],
        ['UpToDate', 'True'],
      ],
    );
    expect(status.conditions[1].since).toBe(NOW.toISOString());
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

    expect(status.conditions.map(({ reason }) => reason)).toEqual([
      'Provisioning',
      'NotYetMade',
      'NotYetMade',
    ]);
  });

  it('takes dates as a watch brings them, as text', () => {
    const deployment: V1Deployment = JSON.parse(
      JSON.stringify(testDeployment()),
    );

    const status = instanceStatus(testObserved({ deployment }), fresh, NOW);

    expect(status.conditions[1].since).toBe(NOW.toISOString());
  });

  it('warns of a line with known holes', () => {
    const record = testRecord({ line: '3.6' });

    const status = instanceStatus(testObserved({ record }), fresh, NOW);

    expect(status.versions.warning).toEqual(expect.stringMatching(/./));
  });
});
