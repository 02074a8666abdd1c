import { KeycloakClient } from './KeycloakClient';
import { statusOf } from './errors';

/** A role of a client, as calls that give it away name it. */
export interface ClientRole {
  id: string;
  name: string;
}

/** A client by both of its names: Keycloak's own, and the one people see. */
interface ClientRef {
  id: string;
  clientId: string;
}

/** A role of a client, or undefined when the client has none of that name. */
export async function findClientRole(
  keycloak: KeycloakClient,
  client: ClientRef,
  name: string,
  signal: AbortSignal,
): Promise<ClientRole | undefined> {
  const found = await keycloak.call(
    {
      what: `read role ${name} of client ${client.clientId}`,
      role: 'manage-clients',
      signal,
    },
    admin => admin.clients.findRole({ id: client.id, roleName: name }),
  );
  return found?.id ? { id: found.id, name } : undefined;
}

/** Makes a role of a client; one of that name that is there already stays. */
export async function createClientRole(
  keycloak: KeycloakClient,
  client: ClientRef,
  role: { name: string; description: string },
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `create role ${role.name} of client ${client.clientId}`,
      role: 'manage-clients',
      signal,
    },
    async admin => {
      try {
        await admin.clients.createRole({ id: client.id, ...role });
      } catch (error) {
        if (statusOf(error) !== 409) {
          throw error;
        }
      }
    },
  );
}

/** Names of the roles of one client that the members of a group have by it. */
export async function listGroupRoles(
  keycloak: KeycloakClient,
  group: { id: string; path: string },
  client: ClientRef,
  signal: AbortSignal,
): Promise<string[]> {
  const roles = await keycloak.call(
    {
      what: `list the roles of group ${group.path}`,
      role: 'manage-users',
      signal,
    },
    admin =>
      admin.groups.listClientRoleMappings({
        id: group.id,
        clientUniqueId: client.id,
      }),
  );
  return roles.map(({ name }) => name ?? '');
}

/** Gives all members of a group a role of a client; twice is once. */
export async function giveGroupRole(
  keycloak: KeycloakClient,
  group: { id: string; path: string },
  client: ClientRef,
  role: ClientRole,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `give group ${group.path} the role ${role.name} of client ${client.clientId}`,
      role: 'manage-users',
      signal,
    },
    admin =>
      admin.groups.addClientRoleMappings({
        id: group.id,
        clientUniqueId: client.id,
        roles: [role],
      }),
  );
}
