import { useCallback, useEffect, useRef, useState } from 'react';
import { remoteAfterError, RemoteView } from './remoteView';

/** When to look again. */
export interface RemoteOptions<T> {
  /**
   * Milliseconds until the next look, or a function that says so, the same one
   * each time; none when left out.
   */
  every?: number | ((view: RemoteView<T>) => number);
  /** Looks at once when this becomes another one. */
  revision?: unknown;
}

/** Looks for as long as a component is there. */
interface Looks {
  /** Looks at once. */
  now: () => void;
  /** Plans the next look anew. */
  plan: () => void;
}

const NONE: Looks = { now: () => {}, plan: () => {} };

/**
 * Asks for something, and again as often as the options say; not at all while
 * the page is hidden, and at once when it is back or the browser is online again.
 *
 * @param ask - the same function as long as the same is asked for
 * @returns what to show, and a function that looks at once
 */
export function useRemote<T>(
  ask: () => Promise<T>,
  options: RemoteOptions<T> = {},
): { view: RemoteView<T>; refresh: () => void } {
  const { every, revision } = options;
  const [view, setView] = useState<RemoteView<T>>({ state: 'loading' });
  const looks = useRef(NONE);
  const interval = useRef(every);
  interval.current = every;

  useEffect(() => {
    let current: RemoteView<T> = { state: 'loading' };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let looking = false;
    let again = false;
    let ended = false;

    const show = (next: RemoteView<T>) => {
      current = next;
      setView(next);
    };

    const plan = () => {
      clearTimeout(timer);
      const wait = interval.current;
      if (wait !== undefined && !document.hidden && !looking && !ended) {
        timer = setTimeout(
          lookNow,
          typeof wait === 'number' ? wait : wait(current),
        );
      }
    };

    async function lookNow() {
      if (looking || ended) {
        again = true;
        return;
      }
      looking = true;
      again = false;
      clearTimeout(timer);
      const next = await ask().then(
        (value): RemoteView<T> => ({ state: 'shown', value, at: Date.now() }),
        error => remoteAfterError(current, error),
      );
      looking = false;
      if (ended) {
        return;
      }
      show(next);
      if (again) {
        lookNow();
      } else {
        plan();
      }
    }

    const onVisibility = () => {
      if (document.hidden) {
        clearTimeout(timer);
      } else if (interval.current !== undefined) {
        lookNow();
      }
    };

    looks.current = {
      plan,
      now: () => {
        if (current.state !== 'shown') {
          show({ state: 'loading' });
        }
        lookNow();
      },
    };
    show({ state: 'loading' });
    lookNow();
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('online', lookNow);
    return () => {
      ended = true;
      looks.current = NONE;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('online', lookNow);
    };
  }, [ask]);

  useEffect(() => looks.current.plan(), [every]);

  const seen = useRef(revision);
  useEffect(() => {
    if (seen.current !== revision) {
      seen.current = revision;
      looks.current.now();
    }
  }, [revision]);

  const refresh = useCallback(() => looks.current.now(), []);
  return { view, refresh };
}
