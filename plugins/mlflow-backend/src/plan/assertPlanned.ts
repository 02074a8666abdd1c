import { ConflictError } from '@backstage/errors';
import { InstancePlan, PlanChange } from 'backstage-plugin-mlflow-common';

const REMEDY = 'Choose another name, or have the owner remove what is there.';

/**
 * Refuses a run that would do what nobody agreed to.
 *
 * @param plan - as the systems are now
 * @param digest - of the plan that a person saw; without one, conflicts alone
 * refuse
 * @throws ConflictError when something is in the way, or when something will be
 * destroyed that the person did not see
 */
export function assertPlanned(
  plan: InstancePlan,
  digest: string | undefined,
): void {
  if (plan.conflicts.length > 0) {
    throw new ConflictError(
      `${listed(plan.conflicts)}. Nothing was made. ${REMEDY}`,
    );
  }
  const unseen = plan.steps
    .flatMap(({ changes }) => changes)
    .filter(({ destructive }) => destructive);
  if (digest && digest !== plan.digest && unseen.length > 0) {
    throw new ConflictError(
      `The plan that was agreed to does not hold any more: ${listed(
        unseen,
      )}. Nothing was made. Look at the plan again in the form, and start from there.`,
    );
  }
}

function listed(changes: PlanChange[]): string {
  return changes
    .map(
      ({ system, object, detail }) =>
        `${system}: ${object}${detail ? ` (${detail})` : ''}`,
    )
    .join('; ');
}
