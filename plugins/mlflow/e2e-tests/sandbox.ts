import { readFileSync } from 'node:fs';
import {
  NODE_IP,
  PORTS,
  REALM,
} from '@internal/mlflow-sandbox/src/addresses.ts';
import { KeycloakClient } from '@internal/mlflow-sandbox/src/keycloak-client.ts';
import { findRepo, resolvePaths } from '@internal/mlflow-sandbox/src/paths.ts';
import { loadSecrets } from '@internal/mlflow-sandbox/src/secrets.ts';

/** Paths of the sandbox that the tests run on. */
export const paths = resolvePaths(
  process.env,
  findRepo(process.env, process.cwd()),
);

/** PEM text of the CA that ingress and Keycloak have their certificates from. */
export const caPem = () => readFileSync(paths.caCert, 'utf8');

/** Keycloak's admin API, as the sandbox's own service account. */
export const keycloakAdmin = () =>
  KeycloakClient.login({
    url: `https://${NODE_IP}:${PORTS.keycloak}`,
    ca: readFileSync(paths.caCert),
    clientSecret: loadSecrets(paths).keycloakAdminClient,
  });

/**
 * The secret of a client in Keycloak.
 *
 * @throws Error when there is no such client
 */
export async function clientSecret(clientId: string): Promise<string> {
  const admin = await keycloakAdmin();
  const clients = await admin.call<{ secret?: string }[]>(
    'GET',
    `/${REALM}/clients?clientId=${encodeURIComponent(clientId)}`,
  );
  const secret = clients?.[0]?.secret;
  if (!secret) {
    throw new Error(`Keycloak has no client ${clientId} with a secret`);
  }
  return secret;
}

/** Makes a client in Keycloak that is nobody's. @returns what removes it */
export async function foreignClient(
  clientId: string,
): Promise<() => Promise<void>> {
  const admin = await keycloakAdmin();
  await admin.call('POST', `/${REALM}/clients`, { clientId, enabled: false });
  return async () => {
    const [client] =
      (await admin.call<{ id: string }[]>(
        'GET',
        `/${REALM}/clients?clientId=${encodeURIComponent(clientId)}`,
      )) ?? [];
    await admin.call('DELETE', `/${REALM}/clients/${client.id}`);
  };
}
