import { useEffect, useState } from 'react';

/** Milliseconds of rest in typing before a value is checked. */
export const CHECK_DELAY = 300;

/** How far a check is. */
export type Check<T> =
  | { state: 'idle' }
  | { state: 'checking' }
  | { state: 'answered'; answer: T }
  | { state: 'failed' };

/**
 * Checks a value against a platform once typing rests. An answer counts only
 * for the value it was asked for.
 *
 * @param ask - must be stable; asked for each pair once
 */
export function useCheck<T>(
  platform: string | undefined,
  value: string | undefined,
  ask: (platform: string, value: string) => Promise<T>,
): Check<T> {
  const key = platform && value ? `${platform} ${value}` : undefined;
  const [last, setLast] = useState<{ key: string; check: Check<T> }>();

  useEffect(() => {
    if (!platform || !value) {
      return undefined;
    }
    const asked = `${platform} ${value}`;
    let wanted = true;
    const settle = (check: Check<T>) => {
      if (wanted) {
        setLast({ key: asked, check });
      }
    };
    const timer = setTimeout(
      () =>
        ask(platform, value).then(
          answer => settle({ state: 'answered', answer }),
          () => settle({ state: 'failed' }),
        ),
      CHECK_DELAY,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [platform, value, ask]);

  if (!key) {
    return { state: 'idle' };
  }
  return last?.key === key ? last.check : { state: 'checking' };
}
