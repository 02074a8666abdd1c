import { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';

/** Why a pod does not serve, and what to do. */
export interface PodProblem {
  /** CamelCase word for programs. */
  reason: string;
  /** Sentences for people. */
  message: string;
  /** Whether waiting longer cannot help. */
  hopeless: boolean;
}

/** Restarts after which a container is not expected to come up any more. */
const HOPELESS_RESTARTS = 3;

/** From these a pod does not recover by itself. */
const HOPELESS = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'ErrImageNeverPull',
  'ImagePullBackOff',
  'InvalidImageName',
  'OOMKilled',
  'Unschedulable',
];

const REMEDIES: Record<string, string> = {
  ImagePullBackOff:
    'Check that the image was pushed and that the nodes can pull it.',
  ErrImagePull:
    'Check that the image was pushed and that the nodes can pull it.',
  InvalidImageName: 'Check mlflow.platforms.<platform>.image.',
  CreateContainerConfigError:
    'A Secret of the instance or a key in it is missing; retry the task that made the instance.',
  CrashLoopBackOff: 'Read the log of the pod: it says why the server stops.',
  OOMKilled: 'The server needs more memory; choose a larger size.',
  Unschedulable: 'Add a node, or choose a smaller size.',
};

/** States a container passes on its way up. */
const ON_THE_WAY = ['ContainerCreating', 'PodInitializing'];

/** The first thing that keeps one of the pods from serving, if any is known. */
export function podProblem(pods: V1Pod[]): PodProblem | undefined {
  for (const pod of pods) {
    const found = problemOf(pod);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function problemOf(pod: V1Pod): PodProblem | undefined {
  const name = `Pod ${pod.metadata?.namespace}/${pod.metadata?.name}`;
  const scheduled = pod.status?.conditions?.find(
    ({ type }) => type === 'PodScheduled',
  );
  if (scheduled?.status === 'False') {
    return problem(
      scheduled.reason ?? 'Unschedulable',
      `${name} finds no node (${scheduled.message ?? 'no reason given'}).`,
      0,
    );
  }
  const containers = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  for (const container of containers) {
    const reason = containerReason(container);
    if (reason) {
      return problem(
        reason,
        `${name}, container ${container.name}: ${reason}, ${container.restartCount} restarts.`,
        container.restartCount,
      );
    }
  }
  return undefined;
}

function containerReason(container: V1ContainerStatus): string | undefined {
  const last = container.lastState?.terminated?.reason;
  const waiting = container.state?.waiting?.reason;
  if (waiting && !ON_THE_WAY.includes(waiting)) {
    return waiting === 'CrashLoopBackOff' && last === 'OOMKilled'
      ? last
      : waiting;
  }
  const ended = container.state?.terminated;
  return ended && ended.exitCode !== 0 ? ended.reason ?? 'Error' : undefined;
}

function problem(reason: string, what: string, restarts: number): PodProblem {
  const remedy = REMEDIES[reason] ?? 'See the events of its namespace.';
  return {
    reason,
    message: `${what} ${remedy}`,
    hopeless: HOPELESS.includes(reason) || restarts >= HOPELESS_RESTARTS,
  };
}
