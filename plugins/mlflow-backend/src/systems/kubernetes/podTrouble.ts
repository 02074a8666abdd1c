import { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';

/** Restarts after which a container is not expected to come up any more. */
const HOPELESS_RESTARTS = 3;

/** Waiting reasons from which a pod does not recover by itself. */
const HOPELESS_REASONS = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'ErrImageNeverPull',
  'ImagePullBackOff',
  'InvalidImageName',
];

/** Why a pod cannot come up, and what to do; undefined while there is hope. */
export function podTrouble(pod: V1Pod): string | undefined {
  const name = pod.metadata?.name;
  const unschedulable = pod.status?.conditions?.find(
    condition =>
      condition.type === 'PodScheduled' &&
      condition.status === 'False' &&
      condition.reason === 'Unschedulable',
  );
  if (unschedulable) {
    return `pod ${name} fits on no node (${unschedulable.message}). Choose a smaller size or add a node.`;
  }
  const containers = [
    ...(pod.status?.initContainerStatuses ?? []),
    ...(pod.status?.containerStatuses ?? []),
  ];
  return containers.map(status => containerTrouble(name, status)).find(Boolean);
}

function containerTrouble(
  pod: string | undefined,
  status: V1ContainerStatus,
): string | undefined {
  const waiting = status.state?.waiting?.reason;
  if (waiting && HOPELESS_REASONS.includes(waiting)) {
    return `container ${
      status.name
    } of pod ${pod} waits with ${waiting}: ${firstLine(
      status.state?.waiting?.message,
    )}`;
  }
  const ended = status.state?.terminated ?? status.lastState?.terminated;
  if (ended?.reason === 'OOMKilled') {
    return `container ${status.name} of pod ${pod} ran out of memory. Choose a larger size.`;
  }
  if (status.restartCount >= HOPELESS_RESTARTS) {
    return `container ${status.name} of pod ${pod} ended ${
      status.restartCount
    } times with code ${ended?.exitCode ?? 'unknown'}; its log says why.`;
  }
  return undefined;
}

function firstLine(text: string | undefined): string {
  return text?.split('\n')[0].slice(0, 300) ?? 'no reason given';
}
