import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { ConflictError } from '@backstage/errors';
import { KeycloakClient } from './KeycloakClient';
import { statusOf } from './errors';
import { MapperState, texts, toMapper, toMapperState } from './mappers';
import { attributeOf, MARK_ATTRIBUTE } from './mark';

type Representation = NonNullable<
  Parameters<KeycloakAdminClient['clients']['create']>[0]
>;

/** The part of a client that the portal looks at and may set. No secret. */
export interface ClientFields {
  name: string;
  description: string;
  enabled: boolean;
  publicClient: boolean;
  standardFlowEnabled: boolean;
  implicitFlowEnabled: boolean;
  directAccessGrantsEnabled: boolean;
  serviceAccountsEnabled: boolean;
  fullScopeAllowed: boolean;
  redirectUris: string[];
  webOrigins: string[];
}

/** A client as Keycloak describes it, without its secret. */
export interface ClientState extends ClientFields {
  id: string;
  mark?: string;
  attributes: Record<string, string>;
  defaultScopes: string[];
  optionalScopes: string[];
  mappers: MapperState[];
}

/** What is set when a client is made or changed. */
export type ClientInput = Partial<ClientFields> & {
  /** An empty text takes the attribute away. */
  attributes?: Record<string, string>;
};

/** The client, or undefined when the realm has none of that id. */
export async function findClient(
  keycloak: KeycloakClient,
  clientId: string,
  signal: AbortSignal,
): Promise<ClientState | undefined> {
  const [found] = await keycloak.call(
    { what: `read client ${clientId}`, role: 'manage-clients', signal },
    admin => admin.clients.find({ clientId }),
  );
  return found && toState(found);
}

/**
 * Makes a confidential or public OpenID client with all that belongs to it in
 * one call; Keycloak makes the secret.
 *
 * @returns its id, or undefined when there is one of that name already
 */
export async function createClient(
  keycloak: KeycloakClient,
  clientId: string,
  client: ClientFields & {
    attributes: Record<string, string>;
    defaultScopes: string[];
    optionalScopes: string[];
    mappers: MapperState[];
  },
  signal: AbortSignal,
): Promise<string | undefined> {
  const { defaultScopes, optionalScopes, mappers, ...fields } = client;
  return keycloak.call(
    { what: `create client ${clientId}`, role: 'manage-clients', signal },
    async admin => {
      try {
        const { id } = await admin.clients.create({
          ...fields,
          clientId,
          protocol: 'openid-connect',
          clientAuthenticatorType: 'client-secret',
          defaultClientScopes: defaultScopes,
          optionalClientScopes: optionalScopes,
          protocolMappers: mappers.map(toMapper),
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

/**
 * Sets some fields of a client and leaves all others, its secret among them.
 *
 * @throws ConflictError when the client no longer bears the mark
 */
export async function updateClient(
  keycloak: KeycloakClient,
  clientId: string,
  mark: string,
  input: ClientInput,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    { what: `change client ${clientId}`, role: 'manage-clients', signal },
    async admin => {
      const [found] = await admin.clients.find({ clientId });
      if (
        !found?.id ||
        attributeOf(found.attributes, MARK_ATTRIBUTE) !== mark
      ) {
        throw new ConflictError(
          `Keycloak: client ${clientId} is not this instance's any more. Nothing was changed.`,
        );
      }
      // A secret that is sent back would be set, even the stars of a masked one.
      const { secret, ...rest } = found;
      await admin.clients.update(
        { id: found.id },
        {
          ...rest,
          ...input,
          attributes: { ...rest.attributes, ...input.attributes },
        },
      );
    },
  );
}

/** Gives a client a scope that is part of every token. */
export async function addDefaultScope(
  keycloak: KeycloakClient,
  client: { id: string; clientId: string },
  scope: { id: string; name: string },
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `add scope ${scope.name} to client ${client.clientId}`,
      role: 'manage-clients',
      signal,
    },
    async admin => {
      // A scope that is optional stays optional until it is taken away.
      await admin.clients.delOptionalClientScope({
        id: client.id,
        clientScopeId: scope.id,
      });
      await admin.clients.addDefaultClientScope({
        id: client.id,
        clientScopeId: scope.id,
      });
    },
  );
}

/**
 * The secret of a confidential client. Never log it.
 *
 * @returns an empty text when the client has none
 */
export async function readClientSecret(
  keycloak: KeycloakClient,
  client: { id: string; clientId: string },
  signal: AbortSignal,
): Promise<string> {
  const { value } = await keycloak.call(
    {
      what: `read the secret of client ${client.clientId}`,
      role: 'manage-clients',
      signal,
    },
    admin => admin.clients.getClientSecret({ id: client.id }),
  );
  return value ?? '';
}

/** Takes a client away; what is gone already is no error. */
export async function deleteClient(
  keycloak: KeycloakClient,
  client: { id: string; clientId: string },
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `delete client ${client.clientId}`,
      role: 'manage-clients',
      signal,
    },
    async admin => {
      try {
        await admin.clients.del({ id: client.id });
      } catch (error) {
        if (statusOf(error) !== 404) {
          throw error;
        }
      }
    },
  );
}

/** Ids of all clients of the realm that have a scope, by default or on request. */
export async function clientsWithScope(
  keycloak: KeycloakClient,
  scope: string,
  signal: AbortSignal,
): Promise<string[]> {
  const clients = await keycloak.call(
    { what: 'list the clients', role: 'manage-clients', signal },
    admin => admin.clients.find({ max: -1 }),
  );
  return clients
    .filter(client =>
      [client.defaultClientScopes, client.optionalClientScopes].some(scopes =>
        scopes?.includes(scope),
      ),
    )
    .map(client => client.clientId ?? '');
}

function toState(found: Representation): ClientState {
  return {
    id: found.id ?? '',
    mark: attributeOf(found.attributes, MARK_ATTRIBUTE),
    name: found.name ?? '',
    description: found.description ?? '',
    enabled: found.enabled ?? false,
    publicClient: found.publicClient ?? false,
    standardFlowEnabled: found.standardFlowEnabled ?? false,
    implicitFlowEnabled: found.implicitFlowEnabled ?? false,
    directAccessGrantsEnabled: found.directAccessGrantsEnabled ?? false,
    serviceAccountsEnabled: found.serviceAccountsEnabled ?? false,
    fullScopeAllowed: found.fullScopeAllowed ?? true,
    redirectUris: found.redirectUris ?? [],
    webOrigins: found.webOrigins ?? [],
    attributes: texts(found.attributes),
    defaultScopes: found.defaultClientScopes ?? [],
    optionalScopes: found.optionalClientScopes ?? [],
    mappers: (found.protocolMappers ?? []).map(toMapperState),
  };
}
