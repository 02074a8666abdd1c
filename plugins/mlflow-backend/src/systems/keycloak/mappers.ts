import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { KeycloakClient } from './KeycloakClient';
import { statusOf } from './errors';

type Representation = Awaited<
  ReturnType<KeycloakAdminClient['clients']['listProtocolMappers']>
>[number];

/** A protocol mapper: what it writes into tokens. */
export interface MapperState {
  id?: string;
  name: string;
  type: string;
  config: Record<string, string>;
}

/** Adds a mapper to a client, or sets the one of the same name right. */
export async function setMapper(
  keycloak: KeycloakClient,
  client: { id: string; clientId: string; mappers: MapperState[] },
  mapper: MapperState,
  signal: AbortSignal,
): Promise<void> {
  const found = client.mappers.find(m => m.name === mapper.name);
  await keycloak.call(
    {
      what: `set mapper ${mapper.name} of client ${client.clientId}`,
      role: 'manage-clients',
      signal,
    },
    admin =>
      found?.id
        ? admin.clients.updateProtocolMapper(
            { id: client.id, mapperId: found.id },
            {
              ...toMapper({
                ...mapper,
                config: { ...found.config, ...mapper.config },
              }),
              id: found.id,
            },
          )
        : admin.clients.addProtocolMapper({ id: client.id }, toMapper(mapper)),
  );
}

/** Takes a mapper away from a client; what is gone already is no error. */
export async function deleteMapper(
  keycloak: KeycloakClient,
  client: { id: string; clientId: string },
  mapper: MapperState,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    {
      what: `delete mapper ${mapper.name} of client ${client.clientId}`,
      role: 'manage-clients',
      signal,
    },
    async admin => {
      try {
        await admin.clients.delProtocolMapper({
          id: client.id,
          mapperId: mapper.id ?? '',
        });
      } catch (error) {
        if (statusOf(error) !== 404) {
          throw error;
        }
      }
    },
  );
}

/** Reads a mapper as Keycloak writes it. */
export function toMapperState(mapper: Representation): MapperState {
  return {
    id: mapper.id,
    name: mapper.name ?? '',
    type: mapper.protocolMapper ?? '',
    config: texts(mapper.config),
  };
}

/** Writes a mapper as Keycloak reads it. */
export function toMapper({ name, type, config }: MapperState) {
  return {
    name,
    protocol: 'openid-connect',
    protocolMapper: type,
    config,
  };
}

/** All values as texts, as Keycloak itself keeps them. */
export function texts(
  values: Record<string, unknown> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([key, value]) => [key, String(value)]),
  );
}
