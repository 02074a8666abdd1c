import { startCreation, waitForEnd } from '../lane/tasks.ts';
import {
  mustBeAllOrNothing,
  mustBeComplete,
  mustBeGone,
  mustComplete,
} from './judge.ts';
import { reach } from './kill.ts';
import { RUN_MS, since } from './Trial.ts';
import type { Mode, Trial } from './Trial.ts';

/** Refused so late that the undo has everything to take back. */
const FAILS_AT = 'mlflow: POST /api/2.0/mlflow/users';

async function failLate({ lane, user, instance }: UndoTrial): Promise<string> {
  const refused = lane.recorder.arm({
    point: { mutation: FAILS_AT, moment: 'before' },
    kind: 'refuse',
  });
  const id = await startCreation(user, instance);
  await refused;
  return id;
}

type UndoTrial = Pick<Trial, 'context' | 'lane' | 'user' | 'instance'>;

/**
 * Lets a run fail late and its undo go through.
 *
 * @returns the mutations of the undo
 * @throws Error when something is left
 */
export async function mutationsOfUndo(trial: UndoTrial): Promise<string[]> {
  const { lane, user, context } = trial;
  const id = await failLate(trial);
  const before = lane.recorder.seen().length;
  const end = await waitForEnd(user, id, {
    timeoutMs: RUN_MS,
    signal: context.signal,
  });
  const left = await mustBeGone(trial);
  if (end.status !== 'failed' || left.length > 0) {
    throw new Error(`the undo ended ${end.status}: ${left.join('; ')}`);
  }
  return lane.recorder
    .stable()
    .filter(name => lane.recorder.seen().indexOf(name) >= before);
}

/**
 * Lets a run fail late, and kills the backend alone within the undo. What ends
 * green afterwards must have all pieces, what does not must have none, and a new
 * run with the same inputs must end green.
 */
export const undo: Mode = async trial => {
  const { lane, user, instance, point, context } = trial;
  const begin = performance.now();
  const id = await failLate(trial);
  const reached = lane.recorder.arm({ point, kind: 'hold' });
  if (!(await reach(trial, id, reached))) {
    return { faults: ['the undo never came to this point'], seconds: {} };
  }
  const seconds: Record<string, number> = { reached: since(begin) };
  await lane.backend.kill();
  lane.recorder.release();
  const killed = performance.now();
  await lane.backend.start();
  const end = await waitForEnd(user, id, {
    timeoutMs: RUN_MS,
    signal: context.signal,
  });
  seconds.recovered = since(killed);
  const faults = await mustBeAllOrNothing(trial, end);
  const again = performance.now();
  const second = await startCreation(user, instance);
  faults.push(...(await mustComplete(trial, second)));
  seconds.second = since(again);
  faults.push(...(await mustBeComplete(trial)));
  return { faults, seconds };
};
