import { askSystem } from '../plan/askSystem';
import { toInstance } from '../instances/toInstance';
import { Platform } from '../platform/Platform';
import { StepContext } from '../steps/Step';
import { ObservedInstance } from '../watch/ObservedInstance';
import { Facts } from './Facts';
import { gatherCluster } from './facts/gatherCluster';
import { gatherDatabases } from './facts/gatherDatabases';
import { gatherIdentity } from './facts/gatherIdentity';
import { gatherServer } from './facts/gatherServer';
import { gatherStore } from './facts/gatherStore';

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
  const [cluster, server, databases, store, identity] = await Promise.all([
    ask('Kubernetes', ctx => gatherCluster(ctx, observed)),
    ask('MLflow', ctx => gatherServer(ctx, observed), SERVER_MS),
    ask('PostgreSQL', gatherDatabases),
    ask('Object store', gatherStore),
    ask('Keycloak', gatherIdentity),
  ]);
  return {
    now,
    instance,
    platform: platform.config,
    observed,
    cluster,
    server,
    databases,
    store,
    identity,
  };
}
