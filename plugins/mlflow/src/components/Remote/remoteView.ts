import { isError } from '@backstage/errors';

/**
 * What there is to show of something that the backend was asked for.
 *
 * - `missing`: the entity names an instance that no platform knows;
 * - `forbidden`: the caller may not see it;
 * - `unreachable`: nobody could say.
 */
export type RemoteView<T> =
  | { state: 'loading' }
  | {
      state: 'shown';
      value: T;
      /** Milliseconds since the epoch; when the answer came. */
      at: number;
      /** Why the last look brought nothing newer. */
      problem?: string;
    }
  | { state: 'missing' }
  | { state: 'forbidden' }
  | { state: 'unreachable'; message: string };

/**
 * The view after a look that failed. What was seen before stays when only the
 * look failed, but not when the answer is that there is nothing to see.
 */
export function remoteAfterError<T>(
  before: RemoteView<T>,
  error: unknown,
): RemoteView<T> {
  const { name, message } = isError(error)
    ? error
    : { name: undefined, message: String(error) };
  switch (name) {
    case 'NotFoundError':
      return { state: 'missing' };
    case 'NotAllowedError':
      return { state: 'forbidden' };
    default:
      return before.state === 'shown'
        ? { ...before, problem: message }
        : { state: 'unreachable', message };
  }
}
