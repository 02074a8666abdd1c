import { useApi } from '@backstage/frontend-plugin-api';
import { InstanceSummary } from 'backstage-plugin-mlflow-common';
import { useCallback, useRef } from 'react';
import { mlflowApiRef } from '../../api';
import { useInstanceSignals } from '../../api/useInstanceSignals';
import { RemoteView, useRemote } from '../Remote';

/** Milliseconds between two looks where nobody tells of changes. */
const UNTOLD_INTERVAL = 10_000;

/** Milliseconds between two looks otherwise, in case a message was lost. */
const TOLD_INTERVAL = 30_000;

/**
 * Follows the list of instances: at once when the app has signals and one says
 * that an instance changed, which may be one that is new.
 */
export function useInstances(): {
  view: RemoteView<InstanceSummary[]>;
  refresh: () => void;
} {
  const api = useApi(mlflowApiRef);
  const ask = useCallback(() => api.getInstances(), [api]);
  const look = useRef(() => {});
  const told = useInstanceSignals(() => look.current());
  const remote = useRemote(ask, {
    every: told ? TOLD_INTERVAL : UNTOLD_INTERVAL,
  });
  look.current = remote.refresh;
  return remote;
}
