import { useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useEffect, useRef, useState } from 'react';
import { mlflowApiRef } from '../../api';
import { InstanceView, nextLook, viewAfterError } from './instanceView';

/**
 * Follows the status of the instance that an entity stands for: every 10 s
 * while it is being changed, every 30 s otherwise, and not at all while the
 * page is hidden.
 *
 * @returns what to show, and a function that looks at once
 */
export function useInstanceStatus(entityRef: string): {
  view: InstanceView;
  retry: () => void;
} {
  const api = useApi(mlflowApiRef);
  const [view, setView] = useState<InstanceView>({ state: 'loading' });
  const look = useRef<() => void>(() => {});

  useEffect(() => {
    let current: InstanceView = { state: 'loading' };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let looking = false;
    let ended = false;

    const show = (next: InstanceView) => {
      current = next;
      setView(next);
    };

    const lookNow = async () => {
      if (looking || ended) {
        return;
      }
      looking = true;
      clearTimeout(timer);
      const next = await api.getStatus(entityRef).then(
        (status): InstanceView => ({ state: 'shown', status, outdated: false }),
        error => viewAfterError(current, error),
      );
      looking = false;
      if (!ended) {
        show(next);
        timer = document.hidden
          ? undefined
          : setTimeout(lookNow, nextLook(current));
      }
    };

    const onVisibility = () => {
      if (document.hidden) {
        clearTimeout(timer);
      } else {
        lookNow();
      }
    };

    look.current = () => {
      if (current.state !== 'shown') {
        show({ state: 'loading' });
      }
      lookNow();
    };
    show({ state: 'loading' });
    lookNow();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      ended = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [api, entityRef]);

  const retry = useCallback(() => look.current(), []);
  return { view, retry };
}
