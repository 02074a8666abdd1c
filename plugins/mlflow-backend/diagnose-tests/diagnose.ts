import {
  messageOf,
  SandboxError,
} from '@internal/mlflow-sandbox/src/errors.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { catalogue } from './catalogue.ts';
import type { Line } from './creation.ts';
import { Outcomes } from './Outcomes.ts';
import type { Patient } from './Patient.ts';
import type { Provocation } from './Provocation.ts';
import { PROVOCATIONS } from './provocations/index.ts';
import { table } from './report.ts';
import { Stage } from './Stage.ts';
import { tryProvocation } from './tryProvocation.ts';
import { UNPROVOKED } from './unprovoked.ts';

/** How often an instance is made, before its causes are given up. */
const TRIES = 3;

/** What is tried. */
export interface DiagnoseOptions {
  /** Just the causes whose name holds one of these, parted by commas. */
  only?: string;
  /** Number of the stage; runs at the same time have one each. */
  first: number;
  /** Instances of line 3.17, on which causes are tried side by side. */
  instances: number;
  /** Forget what earlier runs of the same build have found. */
  fresh: boolean;
}

/** What the catalogue holds, and which of it has a provocation. */
export async function list(context: Context): Promise<string> {
  const lines = (await catalogue(context)).map(name => {
    const provocation = PROVOCATIONS.find(({ cause }) => cause === name);
    return `${name}: ${
      provocation?.what ?? UNPROVOKED[name] ?? 'NO PROVOCATION'
    }`;
  });
  return [...lines, ''].join('\n');
}

/** Tries the causes. @returns how many were not found, or have no provocation */
export async function diagnose(
  context: Context,
  options: DiagnoseOptions,
): Promise<number> {
  const causes = await catalogue(context);
  refuseUnknown(causes);
  const missing = causes.filter(
    name =>
      !(name in UNPROVOKED) &&
      PROVOCATIONS.every(({ cause }) => cause !== name),
  );
  const chosen = PROVOCATIONS.filter(({ cause }) =>
    (options.only ?? '').split(',').some(text => cause.includes(text)),
  );
  return Stage.use(context, options.first, async stage => {
    const outcomes = new Outcomes(context, stage.build, options);
    const left = chosen.filter(({ cause }) => !outcomes.of(cause)?.passed);
    context.say(
      `${chosen.length} causes, ${
        chosen.length - left.length
      } found before with this build`,
    );
    await tryAll(context, stage, left, { outcomes, ...options });
    const rows = chosen.map(({ cause }) => ({
      cause,
      outcome: outcomes.of(cause),
    }));
    process.stdout.write(table(rows));
    for (const name of missing) {
      process.stdout.write(`${name}: nothing brings it about\n`);
    }
    const failed = rows.filter(({ outcome }) => !outcome?.passed).length;
    process.stdout.write(
      `${rows.length - failed} found, ${failed} not, ${
        missing.length
      } without provocation\n`,
    );
    return failed + missing.length;
  });
}

/** @throws SandboxError when a provocation is of no cause of the catalogue */
function refuseUnknown(causes: string[]): void {
  const unknown = [
    ...PROVOCATIONS.map(({ cause }) => cause),
    ...Object.keys(UNPROVOKED),
  ].filter(name => !causes.includes(name));
  if (unknown.length > 0) {
    throw new SandboxError(`No cause is called ${unknown.join(', ')}`);
  }
}

interface Run {
  outcomes: Outcomes;
  instances: number;
}

/** Those of one instance side by side, then those that touch all of them. */
async function tryAll(
  context: Context,
  stage: Stage,
  provocations: Provocation[],
  { outcomes, instances }: Run,
): Promise<void> {
  const of = (wanted: Line, alone: boolean) =>
    provocations.filter(
      ({ line = '3.17', alone: isAlone = false }) =>
        line === wanted && isAlone === alone,
    );
  const queues = [
    { line: '3.17', queue: of('3.17', false), count: instances },
    { line: '3.6', queue: of('3.6', false), count: 1 },
  ] as const;
  await Promise.all(
    queues.flatMap(({ line, queue, count }) =>
      Array.from({ length: Math.min(count, queue.length) }, () =>
        workOff(context, stage, { line, queue, outcomes }),
      ),
    ),
  );
  for (const line of ['3.17', '3.6'] as const) {
    await workOff(context, stage, { line, queue: of(line, true), outcomes });
  }
}

/** Makes an instance; undefined, and a word why, when that fails again and again. */
async function admit(
  context: Context,
  stage: Stage,
  line: Line,
): Promise<Patient | undefined> {
  for (let left = TRIES; left > 0; left--) {
    try {
      return await stage.admit(line);
    } catch (error) {
      context.signal.throwIfAborted();
      context.say(`no instance of line ${line}: ${messageOf(error)}`);
    }
  }
  return undefined;
}

/** Takes causes from a queue, and a new instance whenever one does not get well. */
async function workOff(
  context: Context,
  stage: Stage,
  {
    line,
    queue,
    outcomes,
  }: { line: Line; queue: Provocation[]; outcomes: Outcomes },
): Promise<void> {
  let patient: Patient | undefined;
  for (let next = queue.shift(); next; next = queue.shift()) {
    context.signal.throwIfAborted();
    patient ??= await admit(context, stage, line);
    if (!patient) return;
    const outcome = await tryProvocation(patient, next);
    context.signal.throwIfAborted();
    outcomes.note(next.cause, outcome);
    const { named, mended } = outcome.seconds;
    context.say(
      `${outcome.passed ? 'ok  ' : 'FAIL'} ${
        next.cause
      } (named after ${named} s, well ${mended} s after mending)`,
    );
    outcome.faults.forEach(fault => context.say(`     ${fault}`));
    if (outcome.faults.some(fault => fault.startsWith('mending'))) {
      await stage.dismiss(patient);
      patient = undefined;
    }
  }
  if (patient) await stage.dismiss(patient);
}
