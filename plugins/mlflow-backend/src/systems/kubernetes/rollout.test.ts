import {
  V1Deployment,
  V1DeploymentStatus,
  V1Pod,
} from '@kubernetes/client-node';
import { podProblem } from './podProblem';
import { rolloutState } from './rollout';

const deployment = (
  status: V1DeploymentStatus,
  replicas = 2,
): V1Deployment => ({
  metadata: { name: 'x', generation: 3 },
  spec: { replicas, selector: {}, template: {} },
  status,
});

describe('rolloutState', () => {
  it.each<[string, V1DeploymentStatus, boolean]>([
    ['nothing yet', {}, false],
    [
      'the state of an older generation',
      {
        observedGeneration: 2,
        replicas: 2,
        updatedReplicas: 2,
        availableReplicas: 2,
      },
      false,
    ],
    [
      'old pods still there',
      {
        observedGeneration: 3,
        replicas: 3,
        updatedReplicas: 2,
        availableReplicas: 2,
      },
      false,
    ],
    [
      'one of two available',
      {
        observedGeneration: 3,
        replicas: 2,
        updatedReplicas: 2,
        availableReplicas: 1,
      },
      false,
    ],
    [
      'all there',
      {
        observedGeneration: 3,
        replicas: 2,
        updatedReplicas: 2,
        availableReplicas: 2,
      },
      true,
    ],
  ])('%s', (_what, status, complete) =>
    expect(rolloutState(deployment(status)).complete).toBe(complete),
  );
});

describe('podProblem', () => {
  const pod = (status: V1Pod['status']): V1Pod => ({
    metadata: { name: 'p', namespace: 'n' },
    status,
  });
  const container = {
    name: 'mlflow',
    image: 'i',
    imageID: '',
    ready: false,
    restartCount: 0,
  };

  it.each<[string, V1Pod, RegExp | undefined]>([
    ['starting', pod({ containerStatuses: [container] }), undefined],
    [
      'pulling',
      pod({
        containerStatuses: [
          { ...container, state: { waiting: { reason: 'ContainerCreating' } } },
        ],
      }),
      undefined,
    ],
    [
      'no image',
      pod({
        containerStatuses: [
          {
            ...container,
            state: {
              waiting: { reason: 'ImagePullBackOff', message: 'not found\nx' },
            },
          },
        ],
      }),
      /ImagePullBackOff.*Check that the image was pushed/,
    ],
    [
      'out of memory',
      pod({
        containerStatuses: [
          {
            ...container,
            restartCount: 1,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
          },
        ],
      }),
      /needs more memory; choose a larger size/,
    ],
    [
      'one restart',
      pod({
        containerStatuses: [
          {
            ...container,
            restartCount: 1,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 1 } },
          },
        ],
      }),
      undefined,
    ],
    [
      'crashing',
      pod({
        containerStatuses: [
          {
            ...container,
            restartCount: 3,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: { terminated: { exitCode: 1 } },
          },
        ],
      }),
      /3 restarts/,
    ],
    [
      'nowhere to run',
      pod({
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: 'Insufficient cpu',
          },
        ],
      }),
      /finds no node \(Insufficient cpu\)/,
    ],
  ])('%s', (_what, given, hopeless) => {
    const problem = podProblem([given]);
    expect(problem?.hopeless ? problem.message : '').toMatch(hopeless ?? /^$/);
  });
});
