import { ScaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { StepMetrics } from '../monitoring/StepMetrics';

type AnyAction = Parameters<
  ScaffolderActionsExtensionPoint['addActions']
>[number];

/** The same action, whose runs are measured. A dry run is none. */
export function timed(
  action: AnyAction,
  metrics: Pick<StepMetrics, 'step'>,
): AnyAction {
  return {
    ...action,
    async handler(ctx) {
      if (ctx.isDryRun) {
        return action.handler(ctx);
      }
      const start = performance.now();
      const seconds = () => (performance.now() - start) / 1000;
      try {
        await action.handler(ctx);
      } catch (error) {
        const outcome = ctx.signal?.aborted ? 'cancelled' : 'failed';
        metrics.step(action.id, outcome, seconds());
        throw error;
      }
      metrics.step(action.id, 'done', seconds());
      return undefined;
    },
  };
}
