import { Cause } from '../Cause';
import { unreadyContainers } from '../podStates';

/** The kernel stops a server that takes more memory than its limit. */
export const outOfMemory: Cause = {
  name: 'out-of-memory',
  condition: 'Server',
  severity: 'error',
  detect(facts) {
    const killed = unreadyContainers(facts).filter(
      ({ status: { state, lastState } }) =>
        [state, lastState].some(
          found => found?.terminated?.reason === 'OOMKilled',
        ),
    );
    if (killed.length === 0) {
      return undefined;
    }
    const { instance, observed } = facts;
    const limitOf = (name: string) =>
      observed.pods.find(({ metadata }) => metadata?.name === name)?.spec
        ?.containers[0]?.resources?.limits?.memory ?? 'none';
    const [{ pod }] = killed;
    const limit = limitOf(pod);
    return {
      title: `The server needs more memory than its limit of ${limit}.`,
      evidence: killed.map(found => ({
        source: `Kubernetes: pod ${instance.names.namespace}/${found.pod}`,
        text: `OOMKilled, ${
          found.status.restartCount
        } restarts, limit ${limitOf(found.pod)}`,
      })),
      remedy: 'Choose a larger size for the instance.',
      values: { pod, limit },
    };
  },
};
