import { useApi } from '@backstage/frontend-plugin-api';
import { InstanceStatus } from 'backstage-plugin-mlflow-common';
import { useCallback, useRef } from 'react';
import { mlflowApiRef } from '../../api';
import { useInstanceSignals } from '../../api/useInstanceSignals';
import { RemoteView, useRemote } from '../Remote';

/** Milliseconds between two looks while something is being changed. */
const BUSY_INTERVAL = 10_000;

/** Milliseconds between two looks otherwise, when changes are told. */
const CALM_INTERVAL = 30_000;

const nextLook = (view: RemoteView<InstanceStatus>) =>
  view.state === 'shown' && view.value.phase === 'Progressing'
    ? BUSY_INTERVAL
    : CALM_INTERVAL;

/**
 * Follows the status of the instance that an entity stands for: at once when the
 * app has signals and one says that it changed, else every 10 s; with signals
 * still every 30 s, in case one was lost. Not at all while the page is hidden.
 *
 * @returns what to show, and a function that looks at once
 */
export function useInstanceStatus(entityRef: string): {
  view: RemoteView<InstanceStatus>;
  refresh: () => void;
} {
  const api = useApi(mlflowApiRef);
  const ask = useCallback(() => api.getStatus(entityRef), [api, entityRef]);
  const shown = useRef<string>();
  const look = useRef(() => {});
  const told = useInstanceSignals(ids => {
    if (shown.current !== undefined && ids.includes(shown.current)) {
      look.current();
    }
  });
  const { view, refresh } = useRemote(ask, {
    every: told ? nextLook : BUSY_INTERVAL,
  });
  shown.current = view.state === 'shown' ? view.value.id : undefined;
  look.current = refresh;
  return { view, refresh };
}
