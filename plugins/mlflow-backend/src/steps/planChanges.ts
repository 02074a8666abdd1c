import { ConflictError } from '@backstage/errors';
import { planStep } from './runStep';
import { Change, Step, StepContext, SystemName } from './Step';

/**
 * What a step would do now. A conflict that stops the observing is a line like
 * those that `plan` finds.
 *
 * @param system - that the step works on
 */
export async function planChanges<Observed>(
  step: Step<Observed>,
  system: SystemName,
  ctx: StepContext,
): Promise<Change[]> {
  try {
    return (await planStep(step, ctx)).changes;
  } catch (error) {
    if (!(error instanceof ConflictError)) {
      throw error;
    }
    return [
      {
        system,
        object: `step ${step.name}`,
        action: 'conflict',
        detail: error.message,
        found: error.message,
      },
    ];
  }
}
