import { PassThrough } from 'node:stream';
import { ApiException, Log, V1Pod } from '@kubernetes/client-node';
import { NotFoundError } from '@backstage/errors';
import { abortable } from '../abortable';
import { statusOf, toBackstageError } from './errors';
import { KubernetesClient } from './KubernetesClient';
import { linesOf } from './linesOf';
import { maskSecrets } from './maskSecrets';

/** One container of one pod that the API server knows. */
export interface PodContainer {
  namespace: string;
  pod: string;
  container: string;
}

/** Which part of a log to read. */
export interface LogOptions {
  /** From the end. */
  tailLines?: number;
  /** Of the container before the last restart. */
  previous?: boolean;
  /** Each line begins with the time at which the node took it, and a space. */
  timestamps?: boolean;
  /** Only what is newer, in whole seconds. */
  since?: Date;
}

/**
 * Goes through a log line by line. Only the line at hand is kept. It comes as it
 * is: what is shown to people goes through {@link maskSecrets} first.
 *
 * @throws NotFoundError when there is no such log, or not yet
 */
export async function eachLogLine(
  kubernetes: KubernetesClient,
  { namespace, pod, container }: PodContainer,
  options: LogOptions,
  use: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const { since, ...rest } = options;
  const stream = new PassThrough();
  const request = new Log(kubernetes.kubeConfig).log(
    namespace,
    pod,
    container,
    stream,
    { ...rest, sinceTime: since?.toISOString() },
  );
  const stop = () => {
    request.then(made => made.abort()).catch(() => undefined);
    stream.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    await abortable(request, signal);
    for await (const line of linesOf(stream)) {
      use(line);
    }
    signal.throwIfAborted();
  } catch (error) {
    signal.throwIfAborted();
    throw translate(error, { namespace, pod, container }, options);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** The last lines of a pod's first container, masked. */
export async function readPodLog(
  kubernetes: KubernetesClient,
  pod: V1Pod,
  options: { tailLines: number },
  signal: AbortSignal,
): Promise<string[]> {
  const lines: string[] = [];
  await eachLogLine(
    kubernetes,
    {
      namespace: pod.metadata?.namespace ?? '',
      pod: pod.metadata?.name ?? '',
      container: pod.spec?.containers[0].name ?? '',
    },
    options,
    line => lines.push(maskSecrets(line)),
    signal,
  );
  return lines;
}

function translate(
  error: unknown,
  { namespace, pod, container }: PodContainer,
  { previous }: LogOptions,
): Error {
  const what = `read the log of pod ${namespace}/${pod}`;
  if (statusOf(error) === 400) {
    return new NotFoundError(
      `Kubernetes: could not ${what}: container ${container} has ${
        previous ? 'not run before' : 'not started yet'
      }, or its log is gone. Look at its state and its events.`,
    );
  }
  return toBackstageError(isNoAnswer(error) ? undefined : error, what);
}

/** The library gives a status of its own to what never got an answer. */
function isNoAnswer(error: unknown): boolean {
  return (
    error instanceof ApiException &&
    error.code === 500 &&
    Object.keys(error.headers).length === 0
  );
}
