import { isError } from '@backstage/errors';
import { InstanceStatus } from 'backstage-plugin-mlflow-common';

/**
 * What there is to show of an instance.
 *
 * - `missing`: the entity names an instance that no platform knows;
 * - `forbidden`: the caller may not see it;
 * - `unreachable`: nobody could say.
 */
export type InstanceView =
  | { state: 'loading' }
  | { state: 'shown'; status: InstanceStatus; outdated: boolean }
  | { state: 'missing' }
  | { state: 'forbidden' }
  | { state: 'unreachable'; message: string };

/** Milliseconds between two looks while something is being changed. */
export const BUSY_INTERVAL = 10_000;

/** Milliseconds between two looks otherwise. */
export const CALM_INTERVAL = 30_000;

/** How long to wait before the next look, in milliseconds. */
export function nextLook(view: InstanceView): number {
  return view.state === 'shown' && view.status.phase === 'Progressing'
    ? BUSY_INTERVAL
    : CALM_INTERVAL;
}

/**
 * The view after a look that failed. What was seen before stays when only the
 * look failed, but not when the answer is that there is nothing to see.
 */
export function viewAfterError(
  before: InstanceView,
  error: unknown,
): InstanceView {
  const name = isError(error) ? error.name : undefined;
  if (name === 'NotFoundError') {
    return { state: 'missing' };
  }
  if (name === 'NotAllowedError') {
    return { state: 'forbidden' };
  }
  if (before.state === 'shown') {
    return { ...before, outdated: true };
  }
  return {
    state: 'unreachable',
    message: isError(error) ? error.message : String(error),
  };
}
