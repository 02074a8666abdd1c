import { askSystem } from '../plan/askSystem';
import { toInstance } from '../instances/toInstance';
import { Platform } from '../platform/Platform';
import { StepContext } from '../steps/Step';
import { ObservedInstance } from '../watch/ObservedInstance';
import { Facts } from './Facts';
import { gatherIdentity } from './facts/gatherIdentity';
import { gatherServer } from './facts/gatherServer';

/** A login of the reader, and requests of five seconds each after it. */
const SERVER_MS = 12_000;

/**
 * Looks at an instance: asks all its systems at once, and uses its server as a
 * user would. Nothing is changed. A system that cannot be asked is told as such.
 *
 * @param onAnswer - is told of each system, whether it could be asked, and how long
 * that took
 * @throws the reason of the signal once that is aborted
 */
export async function look(
  observed: ObservedInstance,
  platform: Platform,
  signal: AbortSignal,
  onAnswer: (system: string, answered: boolean, seconds: number) => void,
): Promise<Facts> {
  const instance = toInstance(observed.record);
  const now = new Date();
  const ask = async <T>(
    system: string,
    gather: (ctx: StepContext) => Promise<T>,
    withinMs?: number,
  ) => {
    const answer = await askSystem(
      system,
      signal,
      bounded =>
        gather({ instance, platform, signal: bounded, log: () => undefined }),
      withinMs,
    );
    const seconds = (Date.now() - now.getTime()) / 1000;
    onAnswer(system, 'value' in answer, seconds);
    return answer;
  };
  const [server, identity] = await Promise.all([
    ask('MLflow', ctx => gatherServer(ctx, observed), SERVER_MS),
    ask('Keycloak', gatherIdentity),
  ]);
  return {
    now,
    instance,
    platform: platform.config,
    observed,
    cluster: { problem: 'Kubernetes: not asked.' },
    server,
    databases: { problem: 'PostgreSQL: not asked.' },
    store: { problem: 'Object store: not asked.' },
    identity,
  };
}
