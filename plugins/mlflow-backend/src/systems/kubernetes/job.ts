import { setTimeout as sleep } from 'node:timers/promises';
import { V1ContainerStatus, V1Job, V1Pod } from '@kubernetes/client-node';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { KubernetesClient } from './KubernetesClient';
import { foreignOwner, markOf } from './marks';
import { readPodLog } from './podLog';
import { podProblem } from './podProblem';
import { watchUntil } from './watchUntil';

/** How often to look whether a Job that was deleted is gone, in milliseconds. */
const GONE_MS = 200;

/**
 * Runs a Job again: an earlier one of its name goes first.
 *
 * @throws ConflictError when that one does not bear the mark of this
 * @throws ServiceUnavailableError with the last log line when it fails
 */
export async function rerunJob(
  kubernetes: KubernetesClient,
  job: V1Job,
  signal: AbortSignal,
): Promise<void> {
  const { name, namespace } = keyOf(job);
  const earlier = await kubernetes.get<V1Job>(keyOf(job), signal);
  if (earlier && markOf(earlier) !== markOf(job)) {
    throw new ConflictError(
      `Kubernetes: Job ${namespace}/${name} is not this instance's (${foreignOwner(
        earlier,
      )}). Nothing was changed. Have its owner remove it, and run again.`,
    );
  }
  if (earlier) {
    await removeJob(kubernetes, earlier, signal);
  }
  await runJob(kubernetes, job, signal);
}

/** Removes just this Job, and waits until it is gone. */
export async function removeJob(
  kubernetes: KubernetesClient,
  job: V1Job,
  signal: AbortSignal,
): Promise<'removed' | 'absent'> {
  const uid = job.metadata?.uid;
  const result = await kubernetes.delete(keyOf(job), { uid, signal });
  const isThere = async () =>
    (await kubernetes.get<V1Job>(keyOf(job), signal))?.metadata?.uid === uid;
  while (await isThere()) {
    await sleep(GONE_MS, undefined, { signal });
  }
  return result;
}

/**
 * Runs a Job of one pod and waits by watch for its container's end, which comes
 * some seconds before the Job's own condition.
 */
async function runJob(
  kubernetes: KubernetesClient,
  job: V1Job,
  signal: AbortSignal,
): Promise<void> {
  const { name, namespace } = keyOf(job);
  const made = await kubernetes.create(job, signal);
  const pod = await waitForEnd(kubernetes, made, signal);
  const ended = containerOf(pod)?.state?.terminated;
  if (ended?.exitCode !== 0) {
    const reason =
      (ended
        ? await lastLogLine(kubernetes, pod, signal)
        : podProblem([pod])?.message) ?? `code ${ended?.exitCode}`;
    throw new ServiceUnavailableError(
      `Kubernetes: Job ${namespace}/${name} failed: ${reason}`,
    );
  }
}

/** The pods of an earlier Job of the same name may still be there: uid counts. */
function waitForEnd(
  kubernetes: KubernetesClient,
  job: V1Job,
  signal: AbortSignal,
): Promise<V1Pod> {
  const { namespace } = keyOf(job);
  const labelSelector = `batch.kubernetes.io/controller-uid=${job.metadata?.uid}`;
  return watchUntil<V1Pod>(
    kubernetes,
    {
      path: `/api/v1/namespaces/${namespace}/pods`,
      query: { labelSelector },
      async read() {
        const pods = await kubernetes.list<V1Pod>(
          { apiVersion: 'v1', kind: 'Pod', namespace, labelSelector },
          signal,
        );
        return {
          objects: pods.items,
          version: pods.metadata?.resourceVersion,
        };
      },
      isReached: isOver,
    },
    signal,
  );
}

function keyOf({ metadata }: V1Job) {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    name: metadata?.name ?? '',
    namespace: metadata?.namespace ?? '',
  };
}

function isOver(pod: V1Pod): boolean {
  return (
    Boolean(containerOf(pod)?.state?.terminated) ||
    Boolean(podProblem([pod])?.hopeless)
  );
}

function containerOf(pod: V1Pod): V1ContainerStatus | undefined {
  return pod.status?.containerStatuses?.[0];
}

async function lastLogLine(
  kubernetes: KubernetesClient,
  pod: V1Pod,
  signal: AbortSignal,
): Promise<string | undefined> {
  const lines = await readPodLog(kubernetes, pod, { tailLines: 20 }, signal);
  return lines
    .map(line => line.trim())
    .filter(Boolean)
    .pop();
}
