import { AdminCall, KeycloakClient } from './KeycloakClient';

/** The user that a client with a service account acts as. */
export interface AccountState {
  id: string;
  email?: string;
  /** Paths of the groups that it is a direct member of. */
  groups: string[];
}

/** The user of a client's service account, with its groups. */
export async function readServiceAccount(
  keycloak: KeycloakClient,
  client: { id: string; clientId: string },
  signal: AbortSignal,
): Promise<AccountState> {
  const account = await readNewServiceAccount(keycloak, client, signal);
  const groups = await keycloak.call(
    call(client.clientId, 'read the groups of', signal),
    admin => admin.users.listGroups({ id: account.id }),
  );
  return { ...account, groups: groups.map(group => group.path ?? '') };
}

/** The user of a client that was made just now: in none of our groups yet. */
export async function readNewServiceAccount(
  keycloak: KeycloakClient,
  client: { id: string; clientId: string },
  signal: AbortSignal,
): Promise<AccountState> {
  const user = await keycloak.call(
    call(client.clientId, 'read', signal),
    admin => admin.clients.getServiceAccountUser({ id: client.id }),
  );
  return { id: user.id ?? '', email: user.email, groups: [] };
}

/** Ids of the users of some clients' service accounts, by the clients' names. */
export async function findServiceAccounts(
  keycloak: KeycloakClient,
  clientIds: string[],
  signal: AbortSignal,
): Promise<string[]> {
  const found = await Promise.all(
    clientIds.map(clientId =>
      keycloak.call(call(clientId, 'find', signal), admin =>
        admin.users.find({
          username: `service-account-${clientId}`,
          exact: true,
        }),
      ),
    ),
  );
  return found.flat().flatMap(({ id }) => (id ? [id] : []));
}

/** Gives a service account an address, which becomes its `email` claim. */
export async function setEmail(
  keycloak: KeycloakClient,
  account: { id: string; clientId: string },
  email: string,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    call(account.clientId, 'set the email of', signal),
    async admin => {
      const user = await admin.users.findOne({ id: account.id });
      await admin.users.update(
        { id: account.id },
        { ...user, email, emailVerified: true },
      );
    },
  );
}

/** Makes a service account a member of a group. */
export async function joinGroup(
  keycloak: KeycloakClient,
  account: { id: string; clientId: string },
  groupId: string,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(call(account.clientId, 'add to a group', signal), admin =>
    admin.users.addToGroup({ id: account.id, groupId }),
  );
}

/** Ends a service account's membership in a group. */
export async function leaveGroup(
  keycloak: KeycloakClient,
  account: { id: string; clientId: string },
  groupId: string,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    call(account.clientId, 'take out of a group', signal),
    admin => admin.users.delFromGroup({ id: account.id, groupId }),
  );
}

function call(clientId: string, verb: string, signal: AbortSignal): AdminCall {
  return {
    what: `${verb} the service account of client ${clientId}`,
    role: 'manage-users',
    signal,
  };
}
