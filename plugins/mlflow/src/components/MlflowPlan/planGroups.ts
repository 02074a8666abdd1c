import {
  InstancePlan,
  PlanAction,
  PlanChange,
} from 'backstage-plugin-mlflow-common';

/** All that a plan says of one system. */
export interface PlanGroup {
  system: string;
  changes: PlanChange[];
  counts: Record<PlanAction, number>;
}

/** What matters first: what is in the way, then what happens, then what stays. */
const ORDER: PlanAction[] = ['conflict', 'create', 'update', 'keep'];

/** The changes of a plan by system, in the order in which a run meets them. */
export function planGroups({ steps }: InstancePlan): PlanGroup[] {
  const changes = unique(steps.flatMap(step => step.changes));
  const systems = [...new Set(changes.map(({ system }) => system))];
  return systems.map(system => {
    const own = changes.filter(change => change.system === system);
    const those = (wanted: PlanAction) =>
      own.filter(({ action }) => action === wanted);
    return {
      system,
      changes: ORDER.flatMap(those),
      counts: {
        create: those('create').length,
        update: those('update').length,
        keep: those('keep').length,
        conflict: those('conflict').length,
      },
    };
  });
}

function unique(changes: PlanChange[]): PlanChange[] {
  const seen = new Set<string>();
  return changes.filter(({ system, object, action }) => {
    const key = JSON.stringify([system, object, action]);
    return !seen.has(key) && seen.add(key);
  });
}
