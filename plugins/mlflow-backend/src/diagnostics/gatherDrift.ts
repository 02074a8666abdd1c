import { askSystem } from '../plan/askSystem';
import { plannedSteps } from '../plan/plannedSteps';
import { StepContext } from '../steps/Step';
import { Drift } from './Drift';

/** Who is let in is asked of the catalog with somebody's rights: not by a look. */
const NOT_COMPARED = 'access';

/**
 * How an instance differs from what its own settings ask for. Systems are asked
 * at the same time, nothing is changed.
 */
export async function gatherDrift(ctx: StepContext): Promise<Drift> {
  const steps = plannedSteps({ admins: [], users: [] }).filter(
    ({ name }) => name !== NOT_COMPARED,
  );
  const answers = await Promise.all(
    steps.map(({ system, plan }) =>
      askSystem(system, ctx.signal, signal => plan({ ...ctx, signal })),
    ),
  );
  return {
    differing: [
      ...new Set(
        answers.flatMap(answer =>
          'value' in answer
            ? answer.value
                .filter(({ action }) => action !== 'keep')
                .map(({ system, object }) => `${system}: ${object}`)
            : [],
        ),
      ),
    ],
    problems: answers.flatMap(answer =>
      'problem' in answer ? [answer.problem] : [],
    ),
  };
}
