import { V1Job, V1Pod } from '@kubernetes/client-node';
import { testObserved, testRecord } from '../__testUtils__/instances';
import { workloadView } from './workload';

const MADE = new Date('2026-01-02T03:04:05Z');

const server: V1Pod = {
  metadata: { name: 'mlflow-churn-1', creationTimestamp: MADE },
  spec: {
    nodeName: 'node-1',
    containers: [
      {
        name: 'mlflow',
        image: 'registry.example.com/mlflow:1',
        resources: {
          requests: { cpu: '250m', memory: '512Mi' },
          limits: { memory: '2Gi' },
        },
      },
    ],
  },
  status: {
    phase: 'Running',
    startTime: MADE,
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [
      {
        name: 'mlflow',
        image: 'x',
        imageID: 'x',
        ready: true,
        restartCount: 3,
        state: { running: {} },
        lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
      },
    ],
  },
};

const job = (status: V1Job['status'], name = 'mlflow-db-migration'): V1Job => ({
  metadata: { name, creationTimestamp: MADE },
  status,
});

const stateOf = (
  container: Partial<
    NonNullable<NonNullable<V1Pod['status']>['containerStatuses']>[number]
  >,
) => {
  const [status] = server.status?.containerStatuses ?? [];
  const pod = {
    ...server,
    status: { containerStatuses: [{ ...status, ...container }] },
  };
  return workloadView(testObserved({ pods: [pod] })).pods[0].containers[0];
};

describe('workloadView', () => {
  it('shows a pod with what its container has and takes', () => {
    expect(workloadView(testObserved({ pods: [server] }))).toEqual({
      pods: [
        {
          name: 'mlflow-churn-1',
          phase: 'Running',
          ready: true,
          node: 'node-1',
          startedAt: MADE.toISOString(),
          containers: [
            {
              name: 'mlflow',
              image: 'registry.example.com/mlflow:1',
              ready: true,
              restarts: 3,
              state: 'Running',
              lastState: 'OOMKilled',
              requests: { cpu: '250m', memory: '512Mi' },
              limits: { memory: '2Gi' },
            },
          ],
        },
      ],
      jobs: [],
      migration: { by: 'server' },
    });
  });

  it('shows a pod of which nothing is known yet', () => {
    const pod: V1Pod = {
      metadata: { name: 'new' },
      spec: { containers: [{ name: 'mlflow' }] },
    };
    expect(workloadView(testObserved({ pods: [pod] })).pods).toEqual([
      {
        name: 'new',
        phase: 'Unknown',
        ready: false,
        containers: [
          {
            name: 'mlflow',
            image: '',
            ready: false,
            restarts: 0,
            state: 'Waiting',
            requests: {},
            limits: {},
          },
        ],
      },
    ]);
  });

  it.each([
    [{ waiting: { reason: 'CrashLoopBackOff' } }, 'CrashLoopBackOff'],
    [{ waiting: {} }, 'Waiting'],
    [{ terminated: { exitCode: 0, reason: 'Completed' } }, 'Completed'],
    [{ terminated: { exitCode: 1 } }, 'Terminated'],
  ])('names the state %j', (state, word) => {
    expect(stateOf({ state }).state).toBe(word);
  });

  it('names the code of what ended without a reason', () => {
    const lastState = { terminated: { exitCode: 3 } };
    expect(stateOf({ lastState }).lastState).toBe('ExitCode3');
  });

  it('says of a pod that it is being deleted', () => {
    const pod = {
      ...server,
      metadata: { ...server.metadata, deletionTimestamp: MADE },
    };
    expect(workloadView(testObserved({ pods: [pod] })).pods[0].phase).toBe(
      'Terminating',
    );
  });

  it('puts new pods first, and those of Jobs last, with the name of the Job', () => {
    const later = {
      ...server,
      metadata: { name: 'later', creationTimestamp: new Date() },
    };
    const ofJob = {
      metadata: {
        name: 'of-job',
        creationTimestamp: new Date(),
        labels: { 'batch.kubernetes.io/job-name': 'mlflow-db-migration' },
      },
    };
    const { pods } = workloadView(
      testObserved({ pods: [server, later], jobPods: [ofJob] }),
    );
    expect(pods.map(({ name, job: of }) => [name, of])).toEqual([
      ['later', undefined],
      ['mlflow-churn-1', undefined],
      ['of-job', 'mlflow-db-migration'],
    ]);
  });

  it.each<[string, V1Job['status'], object]>([
    ['runs', { startTime: MADE }, { state: 'running' }],
    [
      'succeeded',
      { startTime: MADE, succeeded: 1, completionTime: MADE },
      { state: 'succeeded', finishedAt: MADE.toISOString() },
    ],
    [
      'failed',
      {
        startTime: MADE,
        conditions: [
          {
            type: 'Failed',
            status: 'True',
            message: 'Job has reached the specified backoff limit',
            lastTransitionTime: MADE,
          },
        ],
      },
      {
        state: 'failed',
        message: 'Job has reached the specified backoff limit',
        finishedAt: MADE.toISOString(),
      },
    ],
  ])('shows a Job that %s', (_, status, shown) => {
    expect(workloadView(testObserved({ jobs: [job(status)] })).jobs).toEqual([
      {
        name: 'mlflow-db-migration',
        startedAt: MADE.toISOString(),
        ...shown,
      },
    ]);
  });

  it.each<[string, Parameters<typeof testObserved>[0], string]>([
    ['one server with one worker', {}, 'server'],
    ['several replicas', { record: testRecord({ replicas: 2 }) }, 'job'],
    ['several workers', { record: testRecord({ size: 'M' }) }, 'job'],
    ['a Job that was there before', { jobs: [job({ succeeded: 1 })] }, 'job'],
    ['another Job', { jobs: [job({}, 'mlflow-reader')] }, 'server'],
  ])('tells who migrates with %s', (_, seen, by) => {
    expect(workloadView(testObserved(seen)).migration).toEqual({ by });
  });
});
