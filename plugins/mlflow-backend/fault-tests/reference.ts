import type { PortalUser } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import { RECORDS_NAMESPACE } from '@internal/mlflow-sandbox/src/addresses.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { census, differences } from './census/census.ts';
import type { Lane } from './lane/Lane.ts';
import { phaseOf, startCreation, waitForEnd } from './lane/tasks.ts';
import { lastLines } from './modes/judge.ts';
import { RUN_MS } from './modes/Trial.ts';
import type { Reference } from './Outcomes.ts';

/** Who runs what, and where. */
export interface Runner {
  context: Context;
  lane: Lane;
  user: PortalUser;
  instance: string;
  /** The version line, where it is not the usual one. */
  line?: string;
}

/** Creates an instance without a fault. @returns the lines of the task's log */
export async function createOnce({
  context,
  user,
  instance,
  line,
}: Runner): Promise<string[]> {
  const id = await startCreation(user, instance, line);
  const end = await waitForEnd(user, id, {
    timeoutMs: RUN_MS,
    signal: context.signal,
  });
  if (end.status !== 'completed') {
    throw new Error(
      `a run without a fault ended ${end.status}: ${lastLines(end)}`,
    );
  }
  return end.lines;
}

/** What an instance is, and what makes it, when nothing goes wrong. */
export async function makeReference(runner: Runner): Promise<Reference> {
  const { context, lane, user, instance } = runner;
  await lane.serve(instance);
  await createOnce(runner);
  const mutations = lane.recorder.stable();
  const phase = await phaseOf(user, instance);
  if (phase !== 'Ready') {
    throw new Error(`after a run without a fault the instance is ${phase}`);
  }
  return { mutations, census: await census(context, instance) };
}

/** The run's own bookkeeping: the record and the Lease of the instance. */
const BOOKKEEPING = new RegExp(
  `^kubernetes: \\w+ ${RECORDS_NAMESPACE}/(configmaps|leases)\\b`,
);
const CHANGED = /\b(create|update|conflict) /;
const PLANNED =
  /\b(Kubernetes|Helm|PostgreSQL|Object store|Keycloak|Registry|MLflow): (create|update|keep|conflict) /;

/** What a second run did. */
export interface Twice {
  /** Mutations besides the run's own bookkeeping, and changes that are no `keep`. */
  faults: string[];
  /** Writes of the run's own bookkeeping, which are no fault. */
  excepted: string[];
  kept: number;
}

/** Runs every action a second time on an instance that is complete. */
export async function runTwice(
  runner: Runner,
  { census: before }: Reference,
): Promise<Twice> {
  const { context, lane, instance } = runner;
  await lane.serve(instance);
  const lines = (await createOnce(runner)).filter(line => PLANNED.test(line));
  const seen = lane.recorder.seen();
  const changes = lines.filter(line => CHANGED.test(line));
  return {
    excepted: seen.filter(name => BOOKKEEPING.test(name)),
    kept: lines.length - changes.length,
    faults: [
      ...seen
        .filter(name => !BOOKKEEPING.test(name))
        .map(name => `written again: ${name}`),
      ...changes.map(line => `not kept: ${line}`),
      ...differences(before, await census(context, instance)),
    ],
  };
}
