import { GROUPS_SCOPE, platformMark } from '../steps/identityWanted';
import { Instance } from '../steps/Step';
import { HeldIdentity } from './facts/identityFacts';

/**
 * Whether the identity step may change the scope `groups`: not one that somebody
 * else made, which other applications may rely on.
 */
export function mayChangeGroupsScope(
  instance: Instance,
  { scopes }: HeldIdentity,
): boolean {
  const scope = scopes.find(({ name }) => name === GROUPS_SCOPE);
  return !scope || scope.mark === platformMark(instance);
}

/** Who sets the scope `groups` right. */
export function groupsScopeRemedy(
  instance: Instance,
  held: HeldIdentity,
): string {
  return mayChangeGroupsScope(instance, held)
    ? 'The repair does it.'
    : `Client scope ${GROUPS_SCOPE} was not made by this portal: an administrator of the realm must do it.`;
}
