import { Cause } from '../Cause';
import { unreadyPods } from '../podStates';

/** No node has room for a server. */
export const unschedulable: Cause = {
  name: 'unschedulable',
  condition: 'Server',
  severity: 'error',
  detect(facts) {
    const waiting = unreadyPods(facts).flatMap(({ metadata, status }) =>
      (status?.conditions ?? [])
        .filter(
          ({ type, status: value, reason }) =>
            type === 'PodScheduled' &&
            value === 'False' &&
            reason === 'Unschedulable',
        )
        .map(({ message = 'no reason given' }) => ({
          pod: metadata?.name ?? '',
          message,
        })),
    );
    if (waiting.length === 0) {
      return undefined;
    }
    const { namespace } = facts.instance.names;
    return {
      title: 'No node of the cluster takes the server.',
      evidence: waiting.map(({ pod, message }) => ({
        source: `Kubernetes: pod ${namespace}/${pod}`,
        text: message,
      })),
      remedy:
        'Add a node or free one, see to its taints, or choose a smaller size for the instance.',
      values: { pod: waiting[0].pod },
    };
  },
};
