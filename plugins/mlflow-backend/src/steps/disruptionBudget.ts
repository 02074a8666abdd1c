import { V1PodDisruptionBudget } from '@kubernetes/client-node';
import { markedMetadata } from '../systems/kubernetes/marks';
import { Instance } from './Step';

/** Name of what {@link disruptionBudget} gives. */
export const DISRUPTION_BUDGET_NAME = 'mlflow';

/**
 * With several servers, one of them at most is taken away for the maintenance of
 * nodes. With one server a budget would only hold up the drain of its node.
 */
export function disruptionBudget(instance: Instance): V1PodDisruptionBudget[] {
  const { names, spec } = instance;
  if (spec.replicas < 2) {
    return [];
  }
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: markedMetadata(
        instance,
        DISRUPTION_BUDGET_NAME,
        names.namespace,
      ),
      spec: {
        maxUnavailable: 1,
        // A server that never gets ready must not hold a node for ever.
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: {
          matchLabels: { 'app.kubernetes.io/instance': names.release },
        },
      },
    },
  ];
}
