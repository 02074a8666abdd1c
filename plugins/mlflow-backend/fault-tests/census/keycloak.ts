import { REALM } from '@internal/mlflow-sandbox/src/addresses.ts';
import { keycloakAdmin } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { KeycloakClient } from '@internal/mlflow-sandbox/src/keycloak-client.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

interface Client {
  id: string;
  clientId: string;
  enabled: boolean;
  serviceAccountsEnabled: boolean;
  protocolMappers?: { name: string }[];
  defaultClientScopes?: string[];
}

interface Named {
  id: string;
  name: string;
  path?: string;
  username?: string;
}

const names = (list: { name: string }[] | undefined) =>
  (list ?? [])
    .map(({ name }) => name)
    .sort()
    .join(',');

/** Clients with their mappers, scopes and service accounts, and groups with their members. */
export async function keycloakObjects(
  context: Context,
  name: string,
): Promise<string[]> {
  const keycloak = await keycloakAdmin(context);
  const base = `mlflow-${name}`;
  const list = async <T>(path: string) =>
    (await keycloak.call<T[]>('GET', `/${REALM}${path}`)) ?? [];
  const clients = (
    await list<Client>(`/clients?clientId=${base}&search=true&max=100`)
  ).filter(({ clientId }) => clientId.startsWith(base));
  const groups = (await list<Named>(`/groups?search=${base}&max=100`)).filter(
    group => group.name.startsWith(base),
  );
  const scopes = (await list<Named>('/client-scopes')).filter(scope =>
    scope.name.startsWith(base),
  );
  return [
    ...(await Promise.all(clients.map(client => clientLine(keycloak, client)))),
    ...(await Promise.all(
      groups.map(async group => {
        const members = await list<Named>(`/groups/${group.id}/members`);
        const people = members.map(({ username }) => username).sort();
        return `keycloak group ${group.path} members=${people.join(',')}`;
      }),
    )),
    ...scopes.map(scope => `keycloak scope ${scope.name}`),
  ];
}

async function clientLine(
  keycloak: KeycloakClient,
  client: Client,
): Promise<string> {
  const account = client.serviceAccountsEnabled
    ? await keycloak.call<Named>(
        'GET',
        `/${REALM}/clients/${client.id}/service-account-user`,
      )
    : undefined;
  return [
    `keycloak client ${client.clientId}`,
    `enabled=${client.enabled}`,
    `mappers=${names(client.protocolMappers)}`,
    `scopes=${(client.defaultClientScopes ?? []).sort().join(',')}`,
    `account=${account?.username ?? 'none'}`,
  ].join(' ');
}
