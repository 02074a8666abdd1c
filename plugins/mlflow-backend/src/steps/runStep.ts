import { ConflictError } from '@backstage/errors';
import { Change, Plan, Step, StepContext } from './Step';

/** Observes and plans, without any change. */
export async function planStep<Observed>(
  step: Step<Observed>,
  ctx: StepContext,
): Promise<Plan<Observed>> {
  const observed = await step.observe(ctx);
  return { observed, changes: step.plan(ctx.instance, observed) };
}

/**
 * Observes, plans and applies.
 *
 * @param intend - called with the changes before the first of them is made
 * @returns the changes that were made or found unnecessary
 * @throws ConflictError when an object of the same name belongs to another
 */
export async function runStep<Observed>(
  step: Step<Observed>,
  ctx: StepContext,
  intend?: (changes: Change[]) => Promise<void>,
): Promise<Change[]> {
  const plan = await planStep(step, ctx);
  const conflicts = plan.changes.filter(c => c.action === 'conflict');
  if (conflicts.length > 0) {
    throw new ConflictError(
      conflicts
        .map(c => `${c.system}: ${c.object} is not ours (${c.detail}).`)
        .join(' ')
        .concat(
          ' This step changed nothing. Choose another name, or have its owner remove it.',
        ),
    );
  }
  for (const change of plan.changes) {
    ctx.log(describeChange(change));
  }
  await intend?.(plan.changes);
  ctx.signal.throwIfAborted();
  await step.apply(ctx, plan);
  return plan.changes;
}

/** One change as a person reads it. */
export function describeChange(change: Change): string {
  const detail = change.detail ? ` (${change.detail})` : '';
  return `${change.system}: ${change.action} ${change.object}${detail}`;
}
