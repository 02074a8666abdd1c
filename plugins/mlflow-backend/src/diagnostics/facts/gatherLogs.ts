import { V1Pod } from '@kubernetes/client-node';
import { StepContext } from '../../steps/Step';
import { maskSecrets } from '../../systems/kubernetes/maskSecrets';
import { eachLogLine } from '../../systems/kubernetes/podLog';
import { ObservedInstance } from '../../watch/ObservedInstance';
import { PodLog } from './clusterFacts';

/** What Kubernetes asks of a server, once a second: most lines of its log. */
const PROBE = /"GET \/health\S* HTTP/;

/** Lines of a log that are read, most of which are of probes. */
const READ_LINES = 600;

/** Lines that are kept of a container. */
const KEPT_LINES = 60;

/** Pods whose log is read; those that are not well come first. */
const MOST_PODS = 4;

/** The ends of the logs of servers and of Jobs that failed. */
export async function gatherLogs(
  ctx: StepContext,
  { pods, jobPods }: ObservedInstance,
): Promise<PodLog[]> {
  const chosen = [
    ...pods.filter(pod => !isReady(pod)),
    ...jobPods.filter(({ status }) => status?.phase === 'Failed'),
    ...pods.filter(isReady),
  ].slice(0, MOST_PODS);
  return Promise.all(
    chosen.map(async pod => {
      const [before, now] = await Promise.all([
        hasCrashed(pod) ? readEnd(ctx, pod, true) : [],
        readEnd(ctx, pod, false),
      ]);
      return { pod: pod.metadata?.name ?? '', lines: [...before, ...now] };
    }),
  );
}

/** Whether a pod takes requests. */
function isReady({ status }: V1Pod): boolean {
  return (status?.conditions ?? []).some(
    ({ type, status: value }) => type === 'Ready' && value === 'True',
  );
}

/** A crash that is over, and after which the server serves, is of no interest. */
function hasCrashed(pod: V1Pod): boolean {
  const [container] = pod.status?.containerStatuses ?? [];
  return !isReady(pod) && (container?.restartCount ?? 0) > 0;
}

async function readEnd(
  { platform, signal }: StepContext,
  { metadata, spec }: V1Pod,
  previous: boolean,
): Promise<string[]> {
  const lines: string[] = [];
  try {
    await eachLogLine(
      platform.kubernetes,
      {
        namespace: metadata?.namespace ?? '',
        pod: metadata?.name ?? '',
        container: spec?.containers[0]?.name ?? '',
      },
      { tailLines: READ_LINES, previous },
      line => {
        if (!PROBE.test(line)) {
          lines.push(maskSecrets(line));
        }
      },
      signal,
    );
  } catch (error) {
    // A container that has not started yet has none.
    signal.throwIfAborted();
  }
  return lines.slice(-KEPT_LINES);
}
