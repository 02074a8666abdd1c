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
import { undo } from './modes/undo.ts';
import type { Mode } from './modes/Trial.ts';
import { Outcomes } from './Outcomes.ts';
import { pointsOf, sample, spread } from './points.ts';
import type { ModeName } from './points.ts';
import { pointName } from './proxies/Recorder.ts';
import type { Point } from './proxies/Recorder.ts';
import { findReference, subjectOf } from './subjects.ts';
import type { Subject } from './subjects.ts';

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
  /** Disturb the build of the image, and not what follows. */
  image?: boolean;
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
    const { mode } = options;
    const outcomes = outcomesOf(context, bundle.hash, options);
    const subject = await subjectOf(context, workers[0], outcomes, options);
    const { label, mutations } = subject;
    const all = pointsOf(mutations, mode).filter(point =>
      pointName(point).includes(options.only ?? ''),
    );
    const chosen = sample(all, options.sample ?? all.length);
    const left = chosen.filter(
      point => !outcomes.of(label, pointName(point))?.passed,
    );
    context.say(
      `${label}: ${chosen.length} of ${all.length} points, ${
        chosen.length - left.length
      } passed before`,
    );
    try {
      await share(workers, spread(left), (worker, point) =>
        tryPoint(context, worker, { mode, point, subject, outcomes }),
      );
    } finally {
      await subject.end?.();
    }
    return report(chosen, label, outcomes);
  });
}

async function tryPoint(
  context: Context,
  worker: Worker,
  options: {
    mode: ModeName;
    point: Point;
    subject: Subject;
    outcomes: Outcomes;
  },
): Promise<void> {
  const { lane } = worker;
  const { mode, point, subject, outcomes } = options;
  const instance = worker.newInstance();
  const name = pointName(point);
  try {
    await subject.prepare?.();
    await lane.serve(instance);
    const verdict = await MODES[mode]({
      context,
      lane,
      user: await worker.user(),
      instance,
      point,
      line: subject.line,
      complete: subject.complete,
    });
    verdict.faults.push(...((await subject.leftovers?.()) ?? []));
    const passed = verdict.faults.length === 0;
    outcomes.note(subject.label, name, {
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
    outcomes.note(subject.label, name, {
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
function report(points: Point[], label: string, outcomes: Outcomes): number {
  const rows = points.map(point => {
    const name = pointName(point);
    return { name, outcome: outcomes.of(label, name) };
  });
  for (const { name, outcome } of rows) {
    const verdict = outcome?.passed ? 'ok' : 'FAILED';
    process.stdout.write(`${verdict.padEnd(7)}${label} ${name}\n`);
    outcome?.faults.forEach(fault =>
      process.stdout.write(`         ${fault}\n`),
    );
    outcome?.notes.forEach(note =>
      process.stdout.write(`         (${note})\n`),
    );
  }
  const failed = rows.filter(({ outcome }) => !outcome?.passed).length;
  process.stdout.write(
    `${label}: ${rows.length - failed} passed, ${failed} failed\n`,
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
