import { Cause } from '../Cause';
import { linesOfUnready, unreadyContainers } from '../podStates';

/** What a line holds that says why a program ended. */
const TELLING = /\b\w*(Error|Exception)\b|FATAL|CRITICAL|Invalid value|denied/;

/** The server ends again and again, and nothing else says why. */
export const serverCrashing: Cause = {
  name: 'server-crashing',
  condition: 'Server',
  severity: 'error',
  fallback: true,
  detect(facts) {
    const crashed = unreadyContainers(facts).flatMap(({ pod, status }) => {
      const ended = status.state?.terminated ?? status.lastState?.terminated;
      return ended && ended.exitCode !== 0 ? [{ pod, status, ended }] : [];
    });
    if (crashed.length === 0) {
      return undefined;
    }
    const { namespace } = facts.instance.names;
    const [{ pod }] = crashed;
    return {
      title: `The server ends soon after its start (pod ${pod}).`,
      evidence: [
        ...linesOfUnready(facts, TELLING),
        ...crashed.map(found => ({
          source: `Kubernetes: pod ${namespace}/${found.pod}`,
          text: `${found.ended.reason ?? 'ended'} with code ${
            found.ended.exitCode
          }, ${found.status.restartCount} restarts`,
        })),
      ],
      remedy:
        'Read the end of the log of the container before the restart: it says why.',
      values: { pod },
    };
  },
};
