import { V1ContainerStatus, V1Job, V1Pod } from '@kubernetes/client-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { KubernetesClient } from './KubernetesClient';
import { podProblem } from './podProblem';
import { readPodLog } from './podLog';

/**
 * Runs a Job of one pod and waits by watch for its container's end, which comes
 * some seconds before the Job's own condition.
 *
 * @throws ServiceUnavailableError with the last log line when it fails
 */
export async function runJob(
  kubernetes: KubernetesClient,
  job: V1Job,
  options: { signal: AbortSignal; log(message: string): void },
): Promise<void> {
  const name = job.metadata?.name ?? '';
  const namespace = job.metadata?.namespace ?? '';
  await kubernetes.create(job, options.signal);
  const pod = await waitForEnd(kubernetes, { name, namespace }, options.signal);
  const ended = containerOf(pod)?.state?.terminated;
  if (ended?.exitCode !== 0) {
    const reason =
      (ended
        ? await lastLogLine(kubernetes, pod, options.signal)
        : podProblem([pod])?.message) ?? `code ${ended?.exitCode}`;
    throw new ServiceUnavailableError(
      `Kubernetes: Job ${namespace}/${name} failed: ${reason}`,
    );
  }
}

async function waitForEnd(
  kubernetes: KubernetesClient,
  job: { name: string; namespace: string },
  signal: AbortSignal,
): Promise<V1Pod> {
  const selector = `batch.kubernetes.io/job-name=${job.name}`;
  for (;;) {
    const pods = await kubernetes.list<V1Pod>(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: job.namespace,
        labelSelector: selector,
      },
      signal,
    );
    let found = pods.items.find(isOver);
    if (found) {
      return found;
    }
    const round = new AbortController();
    await kubernetes.watch<V1Pod>(
      `/api/v1/namespaces/${job.namespace}/pods`,
      {
        labelSelector: selector,
        timeoutSeconds: '30',
        ...(pods.metadata?.resourceVersion && {
          resourceVersion: pods.metadata.resourceVersion,
        }),
      },
      (type, pod) => {
        if (type !== 'DELETED' && isOver(pod)) {
          found = pod;
          round.abort();
        }
      },
      AbortSignal.any([signal, round.signal]),
    );
    if (found) {
      return found;
    }
    signal.throwIfAborted();
  }
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
