import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { Platform } from '../platform/Platform';
import { readNamespace } from '../steps/namespace';
import { REMOVAL_ORDER } from '../steps/removalOrder';
import { Removal, StepContext } from '../steps/Step';
import { InstanceRecord, MadeObject } from './InstanceRecord';
import { CLAIM_STEP, withoutMade } from './made';
import { undone } from './runPhase';
import { toInstance } from './toInstance';

/** Kubernetes ends pods first; that takes seconds. */
const NAMESPACE_MS = 120_000;
const PAUSE_MS = 500;

/** What an undo did. */
export interface Undone {
  removals: Removal[];
  /** What is left and why, for people. */
  left: string[];
  /** Whether nothing of the instance remained, and the record went too. */
  forgotten: boolean;
}

/**
 * Takes back what was made, the last first, and nothing else. It can be cut at
 * any moment and run again: what is gone is struck from the record at once.
 *
 * @param made - of the record, what is to go
 */
export async function undoInstance(
  record: InstanceRecord,
  made: MadeObject[],
  at: { platform: Platform } & Pick<StepContext, 'signal' | 'log'>,
): Promise<Undone> {
  const { platform, signal, log } = at;
  const { name } = record.spec;
  const ctx = { ...at, instance: toInstance(record) };
  const removals: Removal[] = [];
  for (const step of REMOVAL_ORDER) {
    const only = made.filter(object => object.step === step.name);
    if (only.length > 0) {
      const results = await step.remove(ctx, { data: 'delete', only });
      results.forEach(removal => log(describeRemoval(removal)));
      removals.push(...results);
      const kept = new Set(results.filter(isKept).map(({ object }) => object));
      const gone = only.filter(({ object }) => !kept.has(object));
      await platform.records.update(
        name,
        current => withoutMade(current, gone),
        signal,
      );
    }
  }
  if (made.some(({ step }) => step === 'namespace')) {
    await waitUntilGone(ctx);
  }
  const left = removals
    .filter(removal => isKept(removal) && removal.system !== 'Registry')
    .map(({ system, object, detail }) => `${system}: ${object} (${detail})`);
  const current = await platform.records.update(
    name,
    latest => undone(latest, left),
    signal,
  );
  const forgotten =
    made.some(({ step }) => step === CLAIM_STEP) &&
    current.made.every(({ step }) => step === CLAIM_STEP || step === 'image');
  if (forgotten) {
    await platform.records.remove(name, record.id, signal);
  }
  return { removals, left, forgotten };
}

/** One removal as a person reads it. */
export function describeRemoval(removal: Removal): string {
  const detail = removal.detail ? ` (${removal.detail})` : '';
  const verb = removal.result === 'absent' ? 'already gone' : removal.result;
  return `${removal.system}: ${verb} ${removal.object}${detail}`;
}

function isKept({ result }: Removal): boolean {
  return result === 'kept';
}

/** A name is free again only when its namespace is. */
async function waitUntilGone(ctx: StepContext): Promise<void> {
  const deadline = Date.now() + NAMESPACE_MS;
  for (;;) {
    const found = await readNamespace(ctx);
    if (found?.status?.phase !== 'Terminating') {
      return;
    }
    if (Date.now() > deadline) {
      throw new ServiceUnavailableError(
        `Kubernetes: namespace ${
          ctx.instance.names.namespace
        } is still being deleted after ${
          NAMESPACE_MS / 1000
        } s. Look at its finalizers and pods, then run the undo again.`,
      );
    }
    await sleep(PAUSE_MS, undefined, { signal: ctx.signal });
  }
}
