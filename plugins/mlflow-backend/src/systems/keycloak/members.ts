import { KeycloakClient } from './KeycloakClient';

/** Ids of the direct members of a group. */
export async function listMembers(
  keycloak: KeycloakClient,
  group: { id: string; path: string },
  signal: AbortSignal,
): Promise<string[]> {
  const members = await keycloak.call(
    {
      what: `list the members of group ${group.path}`,
      role: 'manage-users',
      signal,
    },
    admin =>
      admin.groups.listMembers({
        id: group.id,
        briefRepresentation: true,
        max: -1,
      }),
  );
  return members.flatMap(({ id }) => (id ? [id] : []));
}

/** How Keycloak begins the name of the user that a client's service account is. */
const SERVICE_ACCOUNT = 'service-account-';

/**
 * How many people are direct members of a group. Service accounts are none; more
 * members than the limit are not looked at.
 */
export async function countPeople(
  keycloak: KeycloakClient,
  group: { id: string; path: string },
  limit: number,
  signal: AbortSignal,
): Promise<number> {
  const members = await keycloak.call(
    {
      what: `count the members of group ${group.path}`,
      role: 'manage-users',
      signal,
    },
    admin =>
      admin.groups.listMembers({
        id: group.id,
        briefRepresentation: true,
        max: limit,
      }),
  );
  return members.filter(
    ({ username }) => !username?.startsWith(SERVICE_ACCOUNT),
  ).length;
}

/** Puts a user into a group; one who is in it already stays. */
export async function addMember(
  keycloak: KeycloakClient,
  group: { id: string; path: string },
  userId: string,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `add user ${userId} to group ${group.path}`,
      role: 'manage-users',
      signal,
    },
    admin => admin.users.addToGroup({ id: userId, groupId: group.id }),
  );
}

/** Takes a user out of a group; one who is not in it stays out. */
export async function removeMember(
  keycloak: KeycloakClient,
  group: { id: string; path: string },
  userId: string,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `take user ${userId} out of group ${group.path}`,
      role: 'manage-users',
      signal,
    },
    admin => admin.users.delFromGroup({ id: userId, groupId: group.id }),
  );
}
