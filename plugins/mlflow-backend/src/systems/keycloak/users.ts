import { AdminCall, KeycloakClient } from './KeycloakClient';
import { groupsNamed } from './groups';

/** A person's account. What it holds of them stays in here. */
export interface UserState {
  id: string;
  enabled: boolean;
  /** Actions that Keycloak asks for at the next login, as it calls them. */
  requiredActions: string[];
  /** Names of attributes that have a value. */
  filled: string[];
}

/**
 * The account of a person by what they type to log in: user name or e-mail
 * address. The accounts of programs are nobody's.
 */
export async function findUser(
  keycloak: KeycloakClient,
  nameOrEmail: string,
  signal: AbortSignal,
): Promise<UserState | undefined> {
  const found = async (by: { username: string } | { email: string }) => {
    const [user] = await keycloak.call(
      users('find a user', signal),
      async admin => admin.users.find({ ...by, exact: true }),
    );
    return user && !user.username?.startsWith('service-account-')
      ? user
      : undefined;
  };
  // In this order Keycloak looks itself.
  const user =
    (nameOrEmail.includes('@')
      ? await found({ email: nameOrEmail })
      : undefined) ?? (await found({ username: nameOrEmail }));
  if (!user) {
    return undefined;
  }
  const { email, firstName, lastName, username, attributes } = user;
  const values = { ...attributes, email, firstName, lastName, username };
  return {
    id: user.id ?? '',
    enabled: user.enabled ?? false,
    requiredActions: user.requiredActions ?? [],
    filled: Object.entries(values)
      .filter(([, value]) => [value].flat().some(one => Boolean(one)))
      .map(([name]) => name),
  };
}

/** Paths of the groups of some names that a user is a direct member of. */
export async function groupsOfUser(
  keycloak: KeycloakClient,
  user: { id: string },
  names: string[],
  signal: AbortSignal,
): Promise<string[]> {
  const groups = await keycloak.call(
    users('list the groups of a user', signal),
    admin => admin.users.listGroups({ id: user.id }),
  );
  return names
    .flatMap(name => groupsNamed(groups, name))
    .map(({ path }) => path);
}

/**
 * Whether Keycloak refuses a user for a while, after too many wrong passwords.
 */
export async function isLockedOut(
  keycloak: KeycloakClient,
  user: { id: string },
  signal: AbortSignal,
): Promise<boolean> {
  const status = await keycloak.call(
    users('read how often a user failed to log in', signal),
    admin => admin.attackDetection.findOne({ id: user.id }),
  );
  return status?.disabled === true;
}

/** Names of the attributes that the realm wants of everybody who logs in. */
export async function wantedAttributes(
  keycloak: KeycloakClient,
  signal: AbortSignal,
): Promise<string[]> {
  const { attributes = [] } = await keycloak.call(
    users("read the realm's user profile", signal),
    admin => admin.users.getProfile(),
  );
  return attributes.flatMap(({ name, required }) =>
    name && required && isForAll(required) ? [name] : [],
  );
}

/** Without roles and scopes it is wanted of everybody, always. */
function isForAll({
  roles = [],
  scopes = [],
}: {
  roles?: string[];
  scopes?: string[];
}): boolean {
  return scopes.length === 0 && (roles.length === 0 || roles.includes('user'));
}

/** Errors name nobody: whoever reads them may not know the person. */
function users(what: string, signal: AbortSignal): AdminCall {
  return { what, role: 'manage-users', signal };
}
