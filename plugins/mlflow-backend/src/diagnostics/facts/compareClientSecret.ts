import { createHash, timingSafeEqual } from 'node:crypto';
import { StepContext } from '../../steps/Step';
import { readClientSecret } from '../../systems/keycloak/clients';
import { settled } from '../../systems/settled';
import { HeldIdentity } from './identityFacts';

/**
 * Whether the instance's Secret names the client as Keycloak has it. Neither of
 * the two secrets leaves this function.
 */
export async function compareClientSecret(
  { instance, platform, signal }: StepContext,
  client: { id: string } | undefined,
): Promise<Pick<HeldIdentity, 'clientOfSecret' | 'secretMatches'>> {
  const clientId = instance.names.client;
  const [held = {}, secret] = await settled([
    platform.secrets
      .read(instance, instance.names.secrets.oidc, signal)
      // Why it cannot be read is a matter of the store, which others look at.
      .catch(() => undefined),
    client &&
      readClientSecret(platform.keycloak, { ...client, clientId }, signal),
  ]);
  const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = held;
  return {
    ...(OIDC_CLIENT_ID && { clientOfSecret: OIDC_CLIENT_ID }),
    ...(OIDC_CLIENT_SECRET &&
      secret && { secretMatches: same(OIDC_CLIENT_SECRET, secret) }),
  };
}

/** Takes as long for a wrong value as for the right one. */
function same(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
