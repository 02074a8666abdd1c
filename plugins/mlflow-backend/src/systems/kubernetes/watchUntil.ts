import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesObject } from '@kubernetes/client-node';
import { ForwardedError, ServiceUnavailableError } from '@backstage/errors';
import { KubernetesClient } from './KubernetesClient';

/** An API server that restarts is back before this. */
const AWAY_MS = 60_000;
const PAUSE_MS = 500;
/** The API server is asked to end each watch after this time. */
const WATCH_SECONDS = 60;
/** A watch that lasts longer than that by this much is dead. */
const GRACE_MS = 30_000;

/** Objects, and the state that one of them shall come into. */
export interface Goal<T extends KubernetesObject> {
  /** For example `/api/v1/namespaces/x/pods`. */
  path: string;
  /** Which of them, for example by `labelSelector`. */
  query: Record<string, string>;
  /** Them as they are, and the version from which on to watch. */
  read(): Promise<{ objects: T[]; version?: string }>;
  /** Whether one is as it shall be. */
  isReached(object: T): boolean;
}

/**
 * Waits by watch until an object is as it shall be. A watch that is cut is made
 * anew, and an API server that restarts is waited for.
 *
 * @throws when the signal is aborted, or the API server stays away
 */
export async function watchUntil<T extends KubernetesObject>(
  kubernetes: KubernetesClient,
  goal: Goal<T>,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    const { objects, version } = await patiently(goal.read, signal);
    const reached =
      objects.find(goal.isReached) ??
      (await watchOnce(kubernetes, goal, version, signal));
    if (reached) {
      return reached;
    }
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

/**
 * Asks again while the API server is away, for up to a minute.
 *
 * @throws when the signal is aborted, or the API server stays away
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (const until = Date.now() + AWAY_MS; ; ) {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (!isPassing(error) || Date.now() > until) {
        throw error;
      }
    }
    await sleep(PAUSE_MS, undefined, { signal });
  }
}

async function watchOnce<T extends KubernetesObject>(
  kubernetes: KubernetesClient,
  { path, query, isReached }: Goal<T>,
  version: string | undefined,
  signal: AbortSignal,
): Promise<T | undefined> {
  let reached: T | undefined;
  const ended = new AbortController();
  try {
    await kubernetes.watch<T>(
      path,
      {
        ...query,
        timeoutSeconds: String(WATCH_SECONDS),
        ...(version && { resourceVersion: version }),
      },
      (type, object) => {
        if (type === 'ERROR') {
          ended.abort();
        } else if (type !== 'DELETED' && isReached(object)) {
          reached = object;
          ended.abort();
        }
      },
      AbortSignal.any([
        signal,
        ended.signal,
        AbortSignal.timeout(WATCH_SECONDS * 1000 + GRACE_MS),
      ]),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (!isPassing(error)) {
      throw error;
    }
  }
  signal.throwIfAborted();
  return reached;
}

/** No answer, or one that says no more than that something went wrong. */
function isPassing(error: unknown): boolean {
  return (
    error instanceof ServiceUnavailableError || error instanceof ForwardedError
  );
}
