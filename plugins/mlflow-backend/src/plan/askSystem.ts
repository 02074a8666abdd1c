import { stringifyError } from '@backstage/errors';
import { abortable } from '../systems/abortable';

/** How long a system may take to be asked, in milliseconds. */
const SYSTEM_MS = 10_000;

/** What a system said, or the sentence why it said nothing. */
export type Answer<T> = { value: T } | { problem: string };

/**
 * Asks a system, within ten seconds unless told otherwise. That it cannot be
 * asked is an answer too.
 *
 * @param system - for people, for example `PostgreSQL`
 * @param withinMs - how long it may take, in milliseconds
 * @throws the reason of the signal once that is aborted
 */
export async function askSystem<T>(
  system: string,
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<T>,
  withinMs: number = SYSTEM_MS,
): Promise<Answer<T>> {
  const timeout = AbortSignal.timeout(withinMs);
  const bounded = AbortSignal.any([signal, timeout]);
  try {
    return { value: await abortable(ask(bounded), bounded) };
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      return {
        problem: `${system}: no answer within ${
          withinMs / 1000
        } s. Check that it is up and within reach of the portal.`,
      };
    }
    return {
      problem: error instanceof Error ? error.message : stringifyError(error),
    };
  }
}
