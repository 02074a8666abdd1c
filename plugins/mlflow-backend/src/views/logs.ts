import { InputError, NotFoundError } from '@backstage/errors';
import { LogPage, LogQuery } from 'backstage-plugin-mlflow-common';
import { toInstance } from '../instances/toInstance';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { eachLogLine, PodContainer } from '../systems/kubernetes/podLog';
import { quoted } from '../systems/quoted';
import { ObservedInstance } from '../watch/ObservedInstance';
import { isHealthProbe } from './isHealthProbe';
import { LogTail } from './LogTail';
import { nanoseconds } from './logTime';
import { MOST_SEARCHED } from './mostSearched';
import { requireOwnNamespace } from './ownNamespace';

const DEFAULT_LINES = 500;
const MOST_LINES = 5_000;

/**
 * Reads a piece of the log of one of the instance's pods, masked, without the
 * probes of its health that went well.
 *
 * @throws InputError when the query asks for what cannot be
 * @throws NotFoundError when the pod is none of the instance's
 */
export async function readLogs(
  kubernetes: KubernetesClient,
  observed: ObservedInstance,
  query: LogQuery,
  signal: AbortSignal,
): Promise<LogPage> {
  const target = logTarget(observed, query);
  const { lines = DEFAULT_LINES, previous = false, since } = checked(query);
  const instance = toInstance(observed.record);
  await requireOwnNamespace(kubernetes, instance, signal);
  const tail = new LogTail(lines, since);
  let searched = 0;
  await eachLogLine(
    kubernetes,
    target,
    {
      tailLines: MOST_SEARCHED,
      previous,
      timestamps: true,
      since: since ? new Date(since) : undefined,
    },
    line => {
      searched++;
      if (!isHealthProbe(line)) {
        tail.add(line);
      }
    },
    signal,
  );
  return {
    pod: target.pod,
    container: target.container,
    lines: tail.lines,
    truncated: tail.truncated || searched === MOST_SEARCHED,
  };
}

/**
 * The container that is meant. Only pods that the watch shows of the instance,
 * of its server and of its Jobs, can be.
 */
export function logTarget(
  { record, pods, jobPods }: ObservedInstance,
  { pod, container }: Pick<LogQuery, 'pod' | 'container'>,
): PodContainer {
  const found = [...pods, ...jobPods].find(
    ({ metadata }) => metadata?.name === pod,
  );
  const { name, namespace } = found?.metadata ?? {};
  if (!name || !namespace) {
    throw new NotFoundError(
      `Kubernetes: the instance ${record.spec.name} has no pod ${quoted(
        pod,
      )} any more. Choose one that runs.`,
    );
  }
  const { containers = [], initContainers = [] } = found?.spec ?? {};
  const wanted = [...containers, ...initContainers].find(
    candidate => container === undefined || candidate.name === container,
  );
  if (!wanted) {
    throw new NotFoundError(
      `Kubernetes: pod ${name} has no container ${quoted(container ?? '')}.`,
    );
  }
  return { namespace, pod: name, container: wanted.name };
}

function checked(query: LogQuery): LogQuery {
  const { lines = DEFAULT_LINES, since } = query;
  if (!Number.isInteger(lines) || lines < 1 || lines > MOST_LINES) {
    throw new InputError(`"lines" is a whole number from 1 to ${MOST_LINES}.`);
  }
  if (since !== undefined && nanoseconds(since) === undefined) {
    throw new InputError(
      '"since" is a time in ISO 8601 with its zone, for example 2026-01-02T03:04:05.678Z.',
    );
  }
  return query;
}
