import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  InstancesSignal,
  MLFLOW_INSTANCES_CHANNEL,
} from 'backstage-plugin-mlflow-common';
import { useEffect, useRef } from 'react';

/**
 * Calls back when the status of some instances may have changed. Not while the
 * page is hidden: it looks again anyway when it is back.
 *
 * @param onIds - gets ids as statuses have them, also of instances that are new,
 * gone or not to be seen by this person
 * @returns false when the app has no signals: then one has to look by oneself
 */
export function useInstanceSignals(onIds: (ids: string[]) => void): boolean {
  // Not `useSignal`: it shows the last message of a render, and skips others.
  const signals = useApiHolder().get(signalApiRef);
  const latest = useRef(onIds);
  latest.current = onIds;

  useEffect(() => {
    const subscription = signals?.subscribe<InstancesSignal>(
      MLFLOW_INSTANCES_CHANNEL,
      ({ ids }) => {
        if (!document.hidden) {
          latest.current(ids);
        }
      },
    );
    return () => subscription?.unsubscribe();
  }, [signals]);

  return signals !== undefined;
}
