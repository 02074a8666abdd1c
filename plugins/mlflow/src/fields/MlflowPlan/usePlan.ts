import { useApi } from '@backstage/frontend-plugin-api';
import { InstancePlan, PlanInput } from 'backstage-plugin-mlflow-common';
import { useCallback, useEffect, useState } from 'react';
import { mlflowApiRef } from '../../api';

/** How far the plan of the form's answers is. */
export type PlanState =
  | { state: 'incomplete' }
  | { state: 'asking' }
  | { state: 'failed'; error: Error }
  | { state: 'planned'; plan: InstancePlan };

/**
 * Plans the answers, and anew when one of them changes. A plan counts only for
 * the answers it was made of.
 *
 * @returns the state, and what asks once more
 */
export function usePlan(input: PlanInput | undefined): {
  current: PlanState;
  retry: () => void;
} {
  const api = useApi(mlflowApiRef);
  const key = input && JSON.stringify(input);
  const [last, setLast] = useState<{ key: string; found: PlanState }>();
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (!key) {
      return undefined;
    }
    let wanted = true;
    const settle = (found: PlanState) => {
      if (wanted) {
        setLast({ key, found });
      }
    };
    const asked: PlanInput = JSON.parse(key);
    api.getPlan(asked).then(
      plan => settle({ state: 'planned', plan }),
      error => settle({ state: 'failed', error }),
    );
    return () => {
      wanted = false;
    };
  }, [api, key, attempt]);

  const retry = useCallback(() => {
    setLast(undefined);
    setAttempt(count => count + 1);
  }, []);

  if (!key) {
    return { current: { state: 'incomplete' }, retry };
  }
  return {
    current: last?.key === key ? last.found : { state: 'asking' },
    retry,
  };
}
