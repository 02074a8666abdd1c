import { V1Pod } from '@kubernetes/client-node';

/** Name of a pod of the server that can be asked, best one that is ready. */
export function serverPod(pods: V1Pod[]): string | undefined {
  const running = pods.filter(
    ({ metadata, status }) =>
      status?.phase === 'Running' && !metadata?.deletionTimestamp,
  );
  return (running.find(isReady) ?? running[0])?.metadata?.name;
}

function isReady({ status }: V1Pod): boolean {
  return (status?.conditions ?? []).some(
    ({ type, status: is }) => type === 'Ready' && is === 'True',
  );
}
