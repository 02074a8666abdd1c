import { z } from 'zod';
import { ClientRole } from './clientRoles';
import { KeycloakClient } from './KeycloakClient';
import { ScopeState } from './scopes';

const clientMapping = z.object({
  id: z.string(),
  mappings: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
});

/**
 * A role that a client scope is tied to. Keycloak leaves a scope with roles out
 * of the tokens of everybody who has none of them.
 */
export interface ScopeRole extends ClientRole {
  /** Keycloak's id of the client whose role it is; none for a role of the realm. */
  client?: string;
}

/** All roles that a client scope is tied to. */
export async function listScopeRoles(
  keycloak: KeycloakClient,
  scope: Pick<ScopeState, 'id' | 'name'>,
  signal: AbortSignal,
): Promise<ScopeRole[]> {
  const { realmMappings = [], clientMappings = {} } = await keycloak.call(
    {
      what: `list the roles of client scope ${scope.name}`,
      role: 'manage-clients',
      signal,
    },
    admin => admin.clientScopes.listScopeMappings({ id: scope.id }),
  );
  return [
    ...realmMappings.map(({ id = '', name = '' }) => ({ id, name })),
    ...Object.values(clientMappings).flatMap(value => {
      const { id: client, mappings } = clientMapping.parse(value);
      return mappings.map(({ id, name }) => ({ id, name, client }));
    }),
  ];
}

/** Ties a client scope to a role of a client; twice is once. */
export async function addScopeRole(
  keycloak: KeycloakClient,
  scope: Pick<ScopeState, 'id' | 'name'>,
  client: string,
  role: ClientRole,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `tie client scope ${scope.name} to role ${role.name}`,
      role: 'manage-clients',
      signal,
    },
    admin =>
      admin.clientScopes.addClientScopeMappings({ id: scope.id, client }, [
        role,
      ]),
  );
}

/** Unties a client scope from a role. */
export async function removeScopeRole(
  keycloak: KeycloakClient,
  scope: Pick<ScopeState, 'id' | 'name'>,
  { client, id, name }: ScopeRole,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `untie client scope ${scope.name} from role ${name}`,
      role: 'manage-clients',
      signal,
    },
    admin =>
      client
        ? admin.clientScopes.delClientScopeMappings({ id: scope.id, client }, [
            { id, name },
          ])
        : admin.clientScopes.delRealmScopeMappings({ id: scope.id }, [
            { id, name },
          ]),
  );
}
