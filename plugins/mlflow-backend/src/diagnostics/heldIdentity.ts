import { Facts, known } from './Facts';
import { HeldIdentity } from './facts/identityFacts';

/** What Keycloak's admin API told; undefined when it could not be asked. */
export function heldIdentity({
  identity,
}: Pick<Facts, 'identity'>): HeldIdentity | undefined {
  const facts = known(identity);
  return facts && known(facts.held);
}
