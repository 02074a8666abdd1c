import { Cause } from '../Cause';

/** The kernel stops a server that takes more memory than its limit. */
export const outOfMemory: Cause = {
  name: 'out-of-memory',
  condition: 'Server',
  severity: 'error',
  detect({ instance, observed }) {
    const killed = observed.pods.flatMap(pod =>
      (pod.status?.containerStatuses ?? [])
        .filter(
          ({ state, lastState }) =>
            state?.terminated?.reason === 'OOMKilled' ||
            (lastState?.terminated?.reason === 'OOMKilled' && !state?.running),
        )
        .map(({ restartCount }) => ({
          pod: `${pod.metadata?.name}`,
          restartCount,
          limit: pod.spec?.containers[0]?.resources?.limits?.memory ?? 'none',
        })),
    );
    if (killed.length === 0) {
      return undefined;
    }
    const [{ pod, limit }] = killed;
    return {
      title: `The server needs more memory than its limit of ${limit}.`,
      evidence: killed.map(found => ({
        source: `Kubernetes: pod ${instance.names.namespace}/${found.pod}`,
        text: `OOMKilled, ${found.restartCount} restarts, limit ${found.limit}`,
      })),
      remedy: 'Choose a larger size for the instance.',
      values: { pod, limit },
    };
  },
};
