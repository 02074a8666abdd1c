import { PlanChange } from 'backstage-plugin-mlflow-common';

/** A line of a plan without what is meant for the record alone. */
export function shown(change: PlanChange): PlanChange {
  const { system, object, action, detail, found, destructive } = change;
  return {
    system,
    object,
    action,
    ...(detail && { detail }),
    ...(found && { found }),
    ...(destructive && { destructive }),
  };
}
