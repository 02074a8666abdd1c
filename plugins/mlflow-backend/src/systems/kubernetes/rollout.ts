import { setTimeout as sleep } from 'node:timers/promises';
import { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { KubernetesClient } from './KubernetesClient';
import { podProblem } from './podProblem';
import { patiently, watchUntil } from './watchUntil';

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
  const waits = [
    watchDeployment(kubernetes, target, signal),
    checkPods(kubernetes, target, signal),
  ];
  try {
    await Promise.race(waits);
  } catch (error) {
    options.signal.throwIfAborted();
    throw error;
  } finally {
    done.abort();
    await Promise.allSettled(waits);
  }
}

async function watchDeployment(
  kubernetes: KubernetesClient,
  target: { namespace: string; name: string },
  signal: AbortSignal,
): Promise<void> {
  await watchUntil<V1Deployment>(
    kubernetes,
    {
      path: `/apis/apps/v1/namespaces/${target.namespace}/deployments`,
      query: { fieldSelector: `metadata.name=${target.name}` },
      async read() {
        const found = await kubernetes.get<V1Deployment>(
          { apiVersion: 'apps/v1', kind: 'Deployment', ...target },
          signal,
        );
        return {
          objects: found ? [found] : [],
          version: found?.metadata?.resourceVersion,
        };
      },
      isReached: deployment => rolloutState(deployment).complete,
    },
    signal,
  );
}

/** Looks at the pods from time to time; rejects when one cannot come up. */
async function checkPods(
  kubernetes: KubernetesClient,
  target: { namespace: string; name: string; podSelector: string },
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    await sleep(POD_CHECK_MS, undefined, { signal });
    const pods = await patiently(
      () =>
        kubernetes.list<V1Pod>(
          {
            apiVersion: 'v1',
            kind: 'Pod',
            namespace: target.namespace,
            labelSelector: target.podSelector,
          },
          signal,
        ),
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
