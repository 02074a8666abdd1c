import { useApi } from '@backstage/frontend-plugin-api';
import { useEffect, useState } from 'react';
import { MlflowApi, mlflowApiRef } from '../../api';

/** Milliseconds of rest in typing before a value is checked. */
export const CHECK_DELAY = 300;

/** How far a check is. */
export type Check<T> =
  | { state: 'idle' }
  | { state: 'checking' }
  | { state: 'answered'; answer: T }
  | { state: 'failed' };

/** Asks the backend about a value; `name` is that of the instance, if known. */
export type Ask<T> = (
  api: MlflowApi,
  platform: string,
  value: string,
  name?: string,
) => Promise<T>;

/**
 * Checks a value against a platform once typing rests. An answer counts only
 * for what it was asked for.
 *
 * @param ask - must be stable; called once for the same values
 */
export function useCheck<T>(
  ask: Ask<T>,
  platform: string | undefined,
  value: string | undefined,
  name?: string,
): Check<T> {
  const api = useApi(mlflowApiRef);
  const key = platform && value ? [platform, value, name].join(' ') : undefined;
  const [last, setLast] = useState<{ key: string; check: Check<T> }>();

  useEffect(() => {
    if (!key || !platform || !value) {
      return undefined;
    }
    let wanted = true;
    const settle = (check: Check<T>) => {
      if (wanted) {
        setLast({ key, check });
      }
    };
    const timer = setTimeout(
      () =>
        ask(api, platform, value, name).then(
          answer => settle({ state: 'answered', answer }),
          () => settle({ state: 'failed' }),
        ),
      CHECK_DELAY,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [api, ask, key, name, platform, value]);

  if (!key) {
    return { state: 'idle' };
  }
  return last?.key === key ? last.check : { state: 'checking' };
}
