import { testDeployment, testPod } from '../instances';
import { CauseCase } from './CauseCase';
import {
  crashed,
  deploying,
  inCluster,
  logging,
  observing,
  unready,
  waiting,
} from './changes';

/** Causes in what runs in the cluster. */
export const WORKLOAD_CASES: CauseCase[] = [
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
