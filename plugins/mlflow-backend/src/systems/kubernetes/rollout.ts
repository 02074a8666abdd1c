import { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { KubernetesClient } from './KubernetesClient';
import { podProblem } from './podProblem';

const POD_CHECK_MS = 3_000;

/** How far a Deployment's rollout is. */
export function rolloutState(deployment: V1Deployment): {
  complete: boolean;
  ready: number;
  wanted: number;
} {
  const wanted = deployment.spec?.replicas ?? 1;
  const status = deployment.status ?? {};
  const observed =
    (status.observedGeneration ?? 0) >= (deployment.metadata?.generation ?? 0);
  const ready = observed ? status.readyReplicas ?? 0 : 0;
  return {
    wanted,
    ready,
    complete:
      observed &&
      (status.updatedReplicas ?? 0) >= wanted &&
      (status.availableReplicas ?? 0) >= wanted &&
      (status.replicas ?? 0) === (status.updatedReplicas ?? 0),
  };
}

/**
 * Waits by watch until a Deployment's pods are the wanted ones and ready.
 *
 * @throws ServiceUnavailableError with the cause when a pod cannot come up
 */
export async function waitForRollout(
  kubernetes: KubernetesClient,
  target: { namespace: string; name: string; podSelector: string },
  options: { signal: AbortSignal; log(message: string): void },
): Promise<void> {
  const done = new AbortController();
  const signal = AbortSignal.any([options.signal, done.signal]);
  const pods = checkPods(kubernetes, target, signal);
  try {
    await Promise.race([watchDeployment(kubernetes, target, signal), pods]);
  } finally {
    done.abort();
    await pods.catch(() => {});
  }
  options.signal.throwIfAborted();
}

async function watchDeployment(
  kubernetes: KubernetesClient,
  target: { namespace: string; name: string },
  signal: AbortSignal,
): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${target.namespace}/deployments`;
  while (!signal.aborted) {
    const found = await kubernetes.get<V1Deployment>(
      { apiVersion: 'apps/v1', kind: 'Deployment', ...target },
      signal,
    );
    if (found && rolloutState(found).complete) {
      return;
    }
    const round = new AbortController();
    let complete = false;
    await kubernetes.watch<V1Deployment>(
      path,
      {
        fieldSelector: `metadata.name=${target.name}`,
        timeoutSeconds: '60',
        ...(found?.metadata?.resourceVersion && {
          resourceVersion: found.metadata.resourceVersion,
        }),
      },
      (type, deployment) => {
        if (type !== 'DELETED' && rolloutState(deployment).complete) {
          complete = true;
          round.abort();
        }
      },
      AbortSignal.any([signal, round.signal]),
    );
    if (complete) {
      return;
    }
  }
}

/** Looks at the pods from time to time; rejects when one cannot come up. */
async function checkPods(
  kubernetes: KubernetesClient,
  target: { namespace: string; name: string; podSelector: string },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await pause(POD_CHECK_MS, signal);
    if (signal.aborted) {
      return;
    }
    const pods = await kubernetes.list<V1Pod>(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: target.namespace,
        labelSelector: target.podSelector,
      },
      signal,
    );
    const problem = podProblem(pods.items);
    if (problem?.hopeless) {
      throw new ServiceUnavailableError(
        `Kubernetes: Deployment ${target.namespace}/${target.name} cannot come up. ${problem.message}`,
      );
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
