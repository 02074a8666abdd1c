import { InstancePlan } from 'backstage-plugin-mlflow-common';

/** How an instance differs from what was asked for. */
export interface Drift {
  /** What a repair would make or change, for people; no secret. */
  differing: string[];
  /** Sentences of the systems that could not be asked. */
  problems: string[];
}

/** What a run with the instance's own settings would make or change. Pure. */
export function driftOf({ steps }: Pick<InstancePlan, 'steps'>): Drift {
  const differing = steps
    .flatMap(({ changes }) => changes)
    .filter(({ action }) => action !== 'keep')
    .map(({ system, object }) => `${system}: ${object}`);
  return {
    // Two steps may meet the same secret.
    differing: [...new Set(differing)],
    problems: steps.flatMap(({ problem }) => problem ?? []),
  };
}
