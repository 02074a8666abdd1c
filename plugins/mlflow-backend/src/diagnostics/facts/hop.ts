import { stringifyError } from '@backstage/errors';
import { MlflowAnswer } from '../../systems/mlflow/MlflowClient';
import { maskSecrets } from '../../systems/kubernetes/maskSecrets';
import { Hop } from './serverFacts';

/** How long one request may take, in milliseconds. */
const PROBE_MS = 5_000;

const MAX_TEXT = 2_000;

/**
 * Asks within five seconds. What comes back holds no secret.
 *
 * @throws the reason of the signal once that is aborted
 */
export async function hop(
  signal: AbortSignal,
  ask: (signal: AbortSignal) => Promise<MlflowAnswer>,
): Promise<{ hop: Hop; answer?: MlflowAnswer }> {
  const timeout = AbortSignal.timeout(PROBE_MS);
  try {
    const answer = await ask(AbortSignal.any([signal, timeout]));
    return { hop: shown(answer), answer };
  } catch (error) {
    signal.throwIfAborted();
    return {
      hop: timeout.aborted
        ? { failure: `No answer within ${PROBE_MS / 1000} s.`, timedOut: true }
        : { failure: masked(reason(error)) },
    };
  }
}

function shown({ status, contentType, location, text }: MlflowAnswer): Hop {
  return {
    status,
    contentType,
    ...(location && { location: masked(location) }),
    text: masked(text),
  };
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : stringifyError(error);
}

/** Cut before it is masked: a page may be long; cut after: a mask is short. */
function masked(text: string): string {
  return text
    .slice(0, 2 * MAX_TEXT)
    .split('\n')
    .map(maskSecrets)
    .join('\n')
    .slice(0, MAX_TEXT);
}
