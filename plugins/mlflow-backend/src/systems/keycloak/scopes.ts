import { KeycloakClient } from './KeycloakClient';
import { statusOf } from './errors';
import { MapperState, toMapper, toMapperState } from './mappers';
import { attributeOf, MARK_ATTRIBUTE } from './mark';

/** A client scope as Keycloak describes it. */
export interface ScopeState {
  id: string;
  name: string;
  mark?: string;
  mappers: MapperState[];
}

/** All client scopes of the realm. */
export async function listScopes(
  keycloak: KeycloakClient,
  signal: AbortSignal,
): Promise<ScopeState[]> {
  const scopes = await keycloak.call(
    { what: 'list the client scopes', role: 'manage-clients', signal },
    admin => admin.clientScopes.find(),
  );
  return scopes.map(scope => ({
    id: scope.id ?? '',
    name: scope.name ?? '',
    mark: attributeOf(scope.attributes, MARK_ATTRIBUTE),
    mappers: (scope.protocolMappers ?? []).map(toMapperState),
  }));
}

/**
 * Makes a client scope with its mapper in one call.
 *
 * @returns its id, or undefined when there is one of that name already
 */
export async function createScope(
  keycloak: KeycloakClient,
  scope: {
    name: string;
    description: string;
    mark: string;
    /** Whether the claim `scope` of tokens names it. */
    named: boolean;
    mappers: MapperState[];
  },
  signal: AbortSignal,
): Promise<string | undefined> {
  return keycloak.call(
    {
      what: `create client scope ${scope.name}`,
      role: 'manage-clients',
      signal,
    },
    async admin => {
      try {
        const { id } = await admin.clientScopes.create({
          name: scope.name,
          description: scope.description,
          protocol: 'openid-connect',
          attributes: {
            'include.in.token.scope': String(scope.named),
            'display.on.consent.screen': 'false',
            [MARK_ATTRIBUTE]: scope.mark,
          },
          protocolMappers: scope.mappers.map(toMapper),
        });
        return id;
      } catch (error) {
        if (statusOf(error) === 409) {
          return undefined;
        }
        throw error;
      }
    },
  );
}

/** Adds a mapper to a scope, or sets the found one right. */
export async function setScopeMapper(
  keycloak: KeycloakClient,
  scope: ScopeState,
  mapper: MapperState,
  found: MapperState | undefined,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `set mapper ${mapper.name} of client scope ${scope.name}`,
      role: 'manage-clients',
      signal,
    },
    admin =>
      found?.id
        ? admin.clientScopes.updateProtocolMapper(
            { id: scope.id, mapperId: found.id },
            {
              ...toMapper({
                ...found,
                config: { ...found.config, ...mapper.config },
              }),
              id: found.id,
            },
          )
        : admin.clientScopes.addProtocolMapper(
            { id: scope.id },
            toMapper(mapper),
          ),
  );
}

/** Takes a client scope away; what is gone already is no error. */
export async function deleteScope(
  keycloak: KeycloakClient,
  scope: Pick<ScopeState, 'id' | 'name'>,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `delete client scope ${scope.name}`,
      role: 'manage-clients',
      signal,
    },
    async admin => {
      try {
        await admin.clientScopes.del({ id: scope.id });
      } catch (error) {
        if (statusOf(error) !== 404) {
          throw error;
        }
      }
    },
  );
}
