import { startCreation, waitForEnd } from '../lane/tasks.ts';
import {
  lastLines,
  mustBeComplete,
  mustBeGone,
  mustComplete,
} from './judge.ts';
import { RUN_MS, since } from './Trial.ts';
import type { Mode } from './Trial.ts';

/** How often a mutation is refused: the S3 client tries three times by itself. */
const timesFor = (mutation: string) =>
  mutation.startsWith('object store') ? 3 : 1;

/**
 * Refuses the mutation: the task must fail, the template's own undo leave every
 * system as before, and a new run with the same inputs end green.
 */
export const refuse: Mode = async trial => {
  const { lane, user, instance, point, context } = trial;
  const reached = lane.recorder.arm({
    point,
    kind: 'refuse',
    times: timesFor(point.mutation),
  });
  const begin = performance.now();
  const id = await startCreation(user, instance);
  const end = await waitForEnd(user, id, {
    timeoutMs: RUN_MS,
    signal: context.signal,
  });
  const met = await Promise.race([
    reached.then(() => true),
    Promise.resolve(false),
  ]);
  lane.recorder.release();
  if (!met) {
    return { faults: ['the run never came to this point'], seconds: {} };
  }
  const seconds: Record<string, number> = { ended: since(begin) };
  if (end.status === 'completed') {
    // What was refused was tried again, or is not needed to be complete.
    const faults = await mustBeComplete(trial);
    return { faults, seconds, notes: ['completed all the same'] };
  }
  const gone = await mustBeGone(trial);
  const faults = gone.length
    ? [`${lastLines(end)} and after its undo:`, ...gone]
    : [];
  const again = performance.now();
  const second = await startCreation(user, instance);
  faults.push(...(await mustComplete(trial, second)));
  seconds.second = since(again);
  faults.push(...(await mustBeComplete(trial)));
  return { faults, seconds };
};
