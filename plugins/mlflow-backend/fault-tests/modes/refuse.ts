import { retryTask, startCreation, waitForEnd } from '../lane/tasks.ts';
import { mustBeAllOrNothing, mustBeComplete, mustComplete } from './judge.ts';
import { RUN_MS, since } from './Trial.ts';
import type { Mode } from './Trial.ts';

/** How often a mutation is refused: the S3 client tries three times by itself. */
const timesFor = (mutation: string) =>
  mutation.startsWith('object store') ? 3 : 1;

/**
 * Refuses the mutation: the task must fail, the template's own undo leave every
 * system as before, the scaffolder's retry of that task not end green without
 * all pieces, and a new run with the same inputs end green.
 */
export const refuse: Mode = async trial => {
  const { lane, user, instance, point, context } = trial;
  const reached = lane.recorder.arm({
    point,
    kind: 'refuse',
    times: timesFor(point.mutation),
  });
  let met = false;
  reached.then(() => {
    met = true;
  });
  const begin = performance.now();
  const id = await startCreation(user, instance);
  const end = await waitForEnd(user, id, {
    timeoutMs: RUN_MS,
    signal: context.signal,
  });
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
  const faults = await mustBeAllOrNothing(trial, end);
  await retryTask(user, id);
  const retried = await waitForEnd(user, id, {
    timeoutMs: RUN_MS,
    signal: context.signal,
  });
  const afterRetry = await mustBeAllOrNothing(trial, retried);
  faults.push(...afterRetry.map(fault => `after a retry ${fault}`));
  const again = performance.now();
  const second = await startCreation(user, instance);
  faults.push(...(await mustComplete(trial, second)));
  seconds.second = since(again);
  faults.push(...(await mustBeComplete(trial)));
  return { faults, seconds };
};
