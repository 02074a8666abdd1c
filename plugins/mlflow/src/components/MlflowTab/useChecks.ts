import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { mlflowApiRef } from '../../api';

/** Seconds between two probes of an instance whose page is looked at. */
export const CHECK_INTERVAL = 20;

/** What became of the last check that was asked for. */
export interface Checks {
  /** Somebody asked for one that is under way. */
  checking: boolean;
  /** Why the last one could not be made. */
  problem?: string;
  checkNow: () => void;
}

/**
 * Has an instance probed each {@link CHECK_INTERVAL} while the page is open and
 * visible, and at once when somebody asks. Pages that are open at the same time
 * share a probe.
 *
 * @param entityRef - undefined: there is nothing to probe
 * @param onChecked - called after each probe
 */
export function useChecks(
  entityRef: string | undefined,
  onChecked: () => void,
): Checks {
  const api = useApi(mlflowApiRef);
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const after = useRef(onChecked);
  useEffect(() => {
    after.current = onChecked;
  });

  const check = useCallback(
    async (maxAge: number) => {
      if (!entityRef) {
        return;
      }
      try {
        await api.checkInstance(entityRef, maxAge);
        setProblem(undefined);
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
      after.current();
    },
    [api, entityRef],
  );

  useEffect(() => {
    const checkOnView = () => {
      if (!document.hidden) {
        check(CHECK_INTERVAL);
      }
    };
    checkOnView();
    const timer = setInterval(checkOnView, CHECK_INTERVAL * 1000);
    document.addEventListener('visibilitychange', checkOnView);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', checkOnView);
    };
  }, [check]);

  const checkNow = useCallback(async () => {
    setChecking(true);
    await check(0);
    setChecking(false);
  }, [check]);
  return { checking, problem, checkNow };
}
