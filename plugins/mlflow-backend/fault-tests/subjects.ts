import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import type { Census } from './census/census.ts';
import { FRESH_LINE, FreshImage } from './FreshImage.ts';
import type { Worker } from './LanePool.ts';
import { mutationsOfUndo } from './modes/undo.ts';
import type { Outcomes, Reference } from './Outcomes.ts';
import type { ModeName } from './points.ts';
import { makeReference, runTwice } from './reference.ts';

/** What is disturbed, and what must be there in the end. */
export interface Subject {
  /** By which its outcomes are kept and shown. */
  label: string;
  mutations: string[];
  complete: Census;
  /** The version line, where it is not the usual one. */
  line?: string;
  /** Before each trial. */
  prepare?(): Promise<void>;
  /** After each trial: what is there besides, and should not be. */
  leftovers?(): Promise<string[]>;
  /** After the last trial. */
  end?(): Promise<void>;
}

/** What a mode disturbs; a run without a fault tells, once for each build. */
export async function subjectOf(
  context: Context,
  worker: Worker,
  outcomes: Outcomes,
  { mode, image }: { mode: ModeName; image?: boolean },
): Promise<Subject> {
  if (image) return imageSubject(context, worker, outcomes, mode);
  const reference =
    outcomes.reference ?? (await findReference(context, worker, outcomes));
  const mutations =
    mode === 'undo'
      ? await findUndo(context, worker, outcomes, reference)
      : reference.mutations;
  return { label: mode, mutations, complete: reference.census };
}

/** The build of the image of a line that no other run uses. */
async function imageSubject(
  context: Context,
  worker: Worker,
  outcomes: Outcomes,
  mode: ModeName,
): Promise<Subject> {
  const image = new FreshImage(context);
  const reference =
    outcomes.image ?? (await findImage(context, worker, outcomes, image));
  return {
    label: `image ${mode}`,
    mutations: reference.mutations,
    complete: reference.census,
    line: FRESH_LINE,
    prepare: () => image.forget(),
    leftovers: () => image.leftovers(),
    end: () => image.restore(),
  };
}

/** What a run does that has to build its image. */
async function findImage(
  context: Context,
  worker: Worker,
  outcomes: Outcomes,
  image: FreshImage,
): Promise<Reference> {
  const { lane } = worker;
  const instance = worker.newInstance();
  const user = await worker.user();
  try {
    await image.forget();
    const { mutations, census } = await makeReference({
      context,
      lane,
      instance,
      user,
      line: FRESH_LINE,
    });
    const own = mutations.filter(name => /^(docker|registry): /.test(name));
    const reference = { mutations: own, census };
    outcomes.image = reference;
    return reference;
  } catch (error) {
    await image.restore();
    throw error;
  } finally {
    await worker.remove(instance);
  }
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
