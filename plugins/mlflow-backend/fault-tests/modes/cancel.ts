import { cancelTask, startCreation, waitForEnd } from '../lane/tasks.ts';
import { mustBeComplete, mustComplete } from './judge.ts';
import { reach } from './kill.ts';
import { since } from './Trial.ts';
import type { Mode } from './Trial.ts';

/** Every wait ends within this time after a cancel. */
const CANCEL_SECONDS = 5;

/**
 * Cancels the task at the point, while the system keeps silent; the task must
 * end within 5 s, and a second run with the same inputs must end green.
 */
export const cancel: Mode = async trial => {
  const { lane, user, instance, line, point, context } = trial;
  const reached = lane.recorder.arm({ point, kind: 'hold' });
  const id = await startCreation(user, instance, line);
  if (!(await reach(trial, id, reached))) {
    return { faults: ['the run never came to this point'], seconds: {} };
  }
  const begin = performance.now();
  await cancelTask(user, id);
  const faults: string[] = [];
  const end = await waitForEnd(user, id, {
    timeoutMs: 60_000,
    signal: context.signal,
  }).catch((error: Error) => error);
  const seconds: Record<string, number> = { ended: since(begin) };
  lane.recorder.release();
  if (end instanceof Error) faults.push(end.message);
  else if (end.status === 'completed') faults.push('the task ended completed');
  if (seconds.ended > CANCEL_SECONDS) {
    faults.push(`the task ended ${seconds.ended} s after its cancel`);
  }
  const again = performance.now();
  const second = await startCreation(user, instance, line);
  faults.push(...(await mustComplete(trial, second)));
  seconds.second = since(again);
  faults.push(...(await mustBeComplete(trial)));
  return { faults, seconds };
};
