import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { abortable } from '../systems/abortable';
import { untilClosed } from './untilClosed';

/** How long a system may take to answer a page, in milliseconds. */
const DEADLINE_MS = 10_000;

/**
 * Asks one system for a page, within ten seconds and no longer than the page is
 * open.
 *
 * @param system - for people, for example `Helm`
 * @throws ServiceUnavailableError when it takes longer, or refuses the portal:
 * that is no right that the caller lacks
 */
export async function answerInTime<T>(
  system: string,
  res: Parameters<typeof untilClosed>[0],
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = AbortSignal.timeout(DEADLINE_MS);
  const signal = AbortSignal.any([untilClosed(res), timeout]);
  try {
    return await abortable(ask(signal), signal);
  } catch (error) {
    if (timeout.aborted) {
      throw new ServiceUnavailableError(
        `${system}: no answer within ${
          DEADLINE_MS / 1000
        } s. Check that it is up and within reach of the portal, and try again.`,
      );
    }
    throw error instanceof NotAllowedError
      ? new ServiceUnavailableError(error.message, error.cause)
      : error;
  }
}
