import { discoveryUrlOf } from '../../releases/values';
import { StepContext } from '../../steps/Step';
import { reasonOf } from '../../systems/reasonOf';
import { DiscoveryFact } from './identityFacts';

const ANSWER_MS = 5_000;

/** The portal often cannot reach the address of pods at all. */
const PODS_MS = 1_500;

/**
 * Reads the realm's OpenID configuration at the address that pods use. Where the
 * portal gets no answer there, its own address is judged.
 */
export async function discover({
  platform,
  signal,
}: Pick<StepContext, 'platform' | 'signal'>): Promise<DiscoveryFact> {
  const forPods = discoveryUrlOf(platform.config);
  const own = `${platform.keycloak.issuer}/.well-known/openid-configuration`;
  if (forPods === own) {
    return read(own, ANSWER_MS);
  }
  const [seenByPods, seenByPortal] = await Promise.all([
    read(forPods, PODS_MS),
    read(own, ANSWER_MS),
  ]);
  const answered = seenByPods.ok || seenByPods.status !== undefined;
  return answered ? seenByPods : seenByPortal;

  async function read(url: string, withinMs: number): Promise<DiscoveryFact> {
    const timeout = AbortSignal.timeout(withinMs);
    const bounded = AbortSignal.any([signal, timeout]);
    try {
      const answer = await platform.fetch(url, { signal: bounded });
      await answer.body?.cancel();
      return answer.status === 200
        ? { url, ok: true }
        : {
            url,
            ok: false,
            status: answer.status,
            message: `answers ${answer.status}`,
          };
    } catch (error) {
      signal.throwIfAborted();
      const message = timeout.aborted
        ? `no answer within ${withinMs / 1000} s`
        : `no answer (${reasonOf(error)})`;
      return { url, ok: false, message };
    }
  }
}
