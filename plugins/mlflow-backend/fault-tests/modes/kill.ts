import { startCreation, waitForEnd } from '../lane/tasks.ts';
import { mustBeComplete, mustComplete } from './judge.ts';
import { RUN_MS, since } from './Trial.ts';
import type { Mode, Trial } from './Trial.ts';

/**
 * Waits until a run is at its point.
 *
 * @returns whether it got there; a run may end without
 */
export async function reach(
  { user, context }: Trial,
  id: string,
  reached: Promise<void>,
): Promise<boolean> {
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const ended = waitForEnd(user, id, { timeoutMs: RUN_MS, signal }).then(
    () => false,
    error => {
      if (stop.signal.aborted) return false;
      throw error;
    },
  );
  try {
    return await Promise.race([reached.then(() => true), ended]);
  } finally {
    stop.abort();
  }
}

/**
 * Kills the backend alone at the point, starts it anew, and waits: the very same
 * task must end green, and the instance be whole and there once.
 */
export const kill: Mode = async trial => {
  const { lane, user, instance, line, point } = trial;
  const begin = performance.now();
  const reached = lane.recorder.arm({ point, kind: 'hold' });
  const id = await startCreation(user, instance, line);
  if (!(await reach(trial, id, reached))) {
    return { faults: ['the run never came to this point'], seconds: {} };
  }
  const seconds: Record<string, number> = { reached: since(begin) };
  await lane.backend.kill();
  // A helm that lives on goes on; what the backend had asked is lost.
  lane.recorder.release();
  const killed = performance.now();
  await lane.backend.start();
  seconds.restarted = since(killed);
  const faults = await mustComplete(trial, id);
  seconds.recovered = since(killed);
  faults.push(...(await mustBeComplete(trial)));
  const left = lane.leftovers().length;
  return {
    faults,
    seconds,
    notes: left ? [`${left} folders of helm left in the temporary folder`] : [],
  };
};
