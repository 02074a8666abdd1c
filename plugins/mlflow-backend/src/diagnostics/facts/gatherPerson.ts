import { NotAllowedError } from '@backstage/errors';
import { StepContext } from '../../steps/Step';
import { KeycloakClient } from '../../systems/keycloak/KeycloakClient';
import {
  findUser,
  groupsOfUser,
  isLockedOut,
  UserState,
  wantedAttributes,
} from '../../systems/keycloak/users';
import { PersonFacts } from './personFacts';

/** MLflow knows people by it, whatever the realm wants. */
const EMAIL = 'email';

/**
 * Looks somebody up, by user name or e-mail address. Nothing is kept but what
 * the instance has to do with.
 *
 * @returns undefined when there is nobody of that name
 */
export async function gatherPerson(
  {
    instance,
    platform,
    signal,
  }: Pick<StepContext, 'instance' | 'platform' | 'signal'>,
  nameOrEmail: string,
): Promise<PersonFacts | undefined> {
  const { keycloak } = platform;
  const user = await findUser(keycloak, nameOrEmail, signal);
  if (!user) {
    return undefined;
  }
  const { adminGroup, userGroup } = instance.names;
  const [groups, locked, wanted] = await Promise.all([
    groupsOfUser(keycloak, user, [adminGroup, userGroup], signal),
    readLocked(keycloak, user, signal),
    wantedAttributes(keycloak, signal),
  ]);
  return {
    enabled: user.enabled,
    ...(locked !== undefined && { locked }),
    missing: [...new Set([EMAIL, ...wanted])].filter(
      name => !user.filled.includes(name),
    ),
    requiredActions: user.requiredActions,
    groups,
  };
}

/** Not every realm lets the portal read it. */
async function readLocked(
  keycloak: KeycloakClient,
  user: UserState,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  try {
    return await isLockedOut(keycloak, user, signal);
  } catch (error) {
    if (error instanceof NotAllowedError) {
      return undefined;
    }
    throw error;
  }
}
