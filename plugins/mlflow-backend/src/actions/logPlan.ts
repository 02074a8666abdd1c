import { LoggerService } from '@backstage/backend-plugin-api';
import { InstancePlan, PlanChange } from 'backstage-plugin-mlflow-common';

type Logger = Pick<LoggerService, 'info' | 'warn'>;

/** Tells the lines of a plan; what is in the way stands out. */
export function logChanges(logger: Logger, changes: PlanChange[]): void {
  for (const change of changes) {
    if (change.action === 'conflict' || change.destructive) {
      logger.warn(describe(change));
    } else {
      logger.info(describe(change));
    }
  }
}

/** Tells a whole plan: what is in the way first, then step by step. */
export function logPlan(logger: Logger, plan: InstancePlan): void {
  const { create, update, keep, conflict } = plan.counts;
  logger.info(
    `${plan.instance}: ${create} to create, ${update} to update, ${keep} stay as they are, ${conflict} in the way`,
  );
  logChanges(logger, plan.conflicts);
  plan.warnings.forEach(warning => logger.warn(warning));
  for (const { title, changes, problem } of plan.steps) {
    logger.info(`${title}:`);
    if (problem) {
      logger.warn(`  could not be asked: ${problem}`);
    }
    changes.forEach(change => logger.info(`  ${describe(change)}`));
  }
}

function describe({ system, action, object, detail }: PlanChange): string {
  return `${system}: ${action} ${object}${detail ? ` (${detail})` : ''}`;
}
