import { REALM } from '@internal/mlflow-sandbox/src/addresses.ts';
import { keycloakAdmin } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { generateSecret } from '@internal/mlflow-sandbox/src/secrets.ts';

/** By which people sign in to the backends of the harness. */
export interface SignInClient {
  clientId: string;
  secret: string;
}

/** Runs side by side have a client each, named by their first lane. */
const clientIdOf = (lane: number) => `backstage-faults-${lane}`;

/** Removes the client; one that is gone already is no error. */
export async function removeSignInClient(
  context: Context,
  lane: number,
): Promise<void> {
  const keycloak = await keycloakAdmin(context);
  const found =
    (await keycloak.call<{ id: string }[]>(
      'GET',
      `/${REALM}/clients?clientId=${clientIdOf(lane)}`,
    )) ?? [];
  for (const { id } of found) {
    await keycloak.call('DELETE', `/${REALM}/clients/${id}`);
  }
}

/** Makes the client anew, for backends at these ports. */
export async function makeSignInClient(
  context: Context,
  lane: number,
  ports: number[],
): Promise<SignInClient> {
  await removeSignInClient(context, lane);
  const clientId = clientIdOf(lane);
  const secret = generateSecret();
  const keycloak = await keycloakAdmin(context);
  await keycloak.call('POST', `/${REALM}/clients`, {
    clientId,
    secret,
    protocol: 'openid-connect',
    publicClient: false,
    standardFlowEnabled: true,
    directAccessGrantsEnabled: false,
    redirectUris: ports.map(
      port => `http://localhost:${port}/api/auth/oidc/handler/frame`,
    ),
  });
  return { clientId, secret };
}
