import { join } from 'node:path';
import {
  InterruptedError,
  messageOf,
} from '@internal/mlflow-sandbox/src/errors.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { share, withLanes } from './LanePool.ts';
import type { Lanes, Worker } from './LanePool.ts';
import { cancel } from './modes/cancel.ts';
import { kill } from './modes/kill.ts';
import { refuse } from './modes/refuse.ts';
import { mutationsOfUndo, undo } from './modes/undo.ts';
import type { Mode } from './modes/Trial.ts';
import { Outcomes } from './Outcomes.ts';
import type { Reference } from './Outcomes.ts';
import { pointsOf, sample, spread } from './points.ts';
import type { ModeName } from './points.ts';
import { pointName } from './proxies/Recorder.ts';
import type { Point } from './proxies/Recorder.ts';
import { makeReference, runTwice } from './reference.ts';

const MODES: Record<ModeName, Mode> = { kill, cancel, refuse, undo };

/** What is tried. */
export interface FaultOptions {
  mode: ModeName;
  lanes: Lanes;
  /** Just so many points, the same each time. */
  sample?: number;
  /** Just the points whose name holds this. */
  only?: string;
  /** Forget what earlier runs have found. */
  fresh: boolean;
}

/** The outcomes of earlier runs with the same build; a reset of the sandbox keeps them. */
export const outcomesOf = (
  { paths }: Context,
  build: string,
  options: { fresh: boolean },
) =>
  new Outcomes(join(paths.cache, 'faults', `outcomes-${build}.json`), options);

/** Tries every point of a run. @returns how many failed */
export async function tryFaults(
  context: Context,
  options: FaultOptions,
): Promise<number> {
  return withLanes(context, options.lanes, async (workers, bundle) => {
    const outcomes = outcomesOf(context, bundle.hash, options);
    const reference =
      outcomes.reference ??
      (await findReference(context, workers[0], outcomes));
    const mutations =
      options.mode === 'undo'
        ? await findUndo(context, workers[0], outcomes, reference)
        : reference.mutations;
    const all = pointsOf(mutations, options.mode).filter(point =>
      pointName(point).includes(options.only ?? ''),
    );
    const chosen = sample(all, options.sample ?? all.length);
    const left = chosen.filter(
      point => !outcomes.of(options.mode, pointName(point))?.passed,
    );
    context.say(
      `${options.mode}: ${chosen.length} of ${all.length} points, ${
        chosen.length - left.length
      } passed before`,
    );
    await share(workers, spread(left), (worker, point) =>
      tryPoint(context, worker, { ...options, point, reference, outcomes }),
    );
    return report(chosen, options.mode, outcomes);
  });
}

/** The run without a fault, and a second one that must change nothing. */
export async function findReference(
  context: Context,
  worker: Worker,
  outcomes: Outcomes,
): Promise<Reference> {
  const { lane } = worker;
  const instance = worker.newInstance();
  const runner = { context, lane, instance, user: await worker.user() };
  try {
    const reference = await makeReference(runner);
    context.say(
      `a run without a fault: ${reference.mutations.length} mutations, ${reference.census.length} objects`,
    );
    const twice = await runTwice(runner, reference);
    outcomes.note('twice', 'all actions', {
      passed: twice.faults.length === 0,
      faults: twice.faults,
      notes: twice.excepted.map(name => `excepted: ${name}`),
      seconds: {},
      instance,
      at: new Date().toISOString(),
    });
    context.say(
      `a second run: ${twice.kept} kept, ${twice.faults.length} faults, ${twice.excepted.length} writes of its own bookkeeping`,
    );
    twice.faults.forEach(fault => context.say(`  ${fault}`));
    outcomes.reference = reference;
    return reference;
  } finally {
    await worker.remove(instance);
  }
}

/** What an undo does, from a run that was made to fail. */
async function findUndo(
  context: Context,
  worker: Worker,
  outcomes: Outcomes,
  reference: Reference,
): Promise<string[]> {
  if (reference.undo) return reference.undo;
  const { lane } = worker;
  const instance = worker.newInstance();
  try {
    await lane.serve(instance);
    const user = await worker.user();
    const found = await mutationsOfUndo({ context, lane, user, instance });
    outcomes.reference = { ...reference, undo: found };
    return found;
  } finally {
    await worker.remove(instance);
  }
}

async function tryPoint(
  context: Context,
  worker: Worker,
  options: {
    mode: ModeName;
    point: Point;
    reference: Reference;
    outcomes: Outcomes;
  },
): Promise<void> {
  const { lane } = worker;
  const { mode, point, reference, outcomes } = options;
  const instance = worker.newInstance();
  const name = pointName(point);
  try {
    await lane.serve(instance);
    const verdict = await MODES[mode]({
      context,
      lane,
      user: await worker.user(),
      instance,
      point,
      complete: reference.census,
    });
    const passed = verdict.faults.length === 0;
    outcomes.note(mode, name, {
      notes: [],
      ...verdict,
      passed,
      instance,
      at: new Date().toISOString(),
    });
    const times = Object.entries(verdict.seconds).map(
      ([what, seconds]) => `${what} ${seconds}`,
    );
    context.say(`${passed ? 'ok  ' : 'FAIL'} ${name} (${times.join(', ')})`);
    verdict.faults.forEach(fault => context.say(`     ${fault}`));
  } catch (error) {
    if (error instanceof InterruptedError || context.signal.aborted)
      throw error;
    outcomes.note(mode, name, {
      passed: false,
      faults: [messageOf(error)],
      notes: [],
      seconds: {},
      instance,
      at: new Date().toISOString(),
    });
    context.say(`FAIL ${name}: ${messageOf(error)}`);
    await lane.backend.kill();
    await lane.backend.start();
  } finally {
    lane.recorder.release();
    await worker.remove(instance);
  }
}

/** Prints the table. @returns how many failed */
function report(points: Point[], mode: ModeName, outcomes: Outcomes): number {
  const rows = points.map(point => {
    const name = pointName(point);
    return { name, outcome: outcomes.of(mode, name) };
  });
  for (const { name, outcome } of rows) {
    const verdict = outcome?.passed ? 'ok' : 'FAILED';
    process.stdout.write(`${verdict.padEnd(7)}${mode} ${name}\n`);
    outcome?.faults.forEach(fault =>
      process.stdout.write(`         ${fault}\n`),
    );
    outcome?.notes.forEach(note =>
      process.stdout.write(`         (${note})\n`),
    );
  }
  const failed = rows.filter(({ outcome }) => !outcome?.passed).length;
  process.stdout.write(
    `${mode}: ${rows.length - failed} passed, ${failed} failed\n`,
  );
  return failed;
}

/** Runs every action twice. @returns how many faults there were */
export async function tryTwice(
  context: Context,
  first: number,
): Promise<number> {
  return withLanes(context, { first, count: 1 }, async ([worker], bundle) => {
    const outcomes = outcomesOf(context, bundle.hash, { fresh: false });
    await findReference(context, worker, outcomes);
    const outcome = outcomes.of('twice', 'all actions');
    outcome?.notes.forEach(note => process.stdout.write(`(${note})\n`));
    return outcome?.faults.length ?? 1;
  });
}
