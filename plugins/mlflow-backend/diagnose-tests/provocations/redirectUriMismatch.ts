import { REALM } from '@internal/mlflow-sandbox/src/addresses.ts';
import { keycloakAdmin } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Provocation } from '../Provocation.ts';

interface Client {
  id: string;
  redirectUris: string[];
}

export const redirectUriMismatch: Provocation = {
  cause: 'redirect-uri-mismatch',
  what: 'the redirect URI of the client is another one',
  async provoke({ context, base, onMend }) {
    const keycloak = await keycloakAdmin(context);
    const path = `/${REALM}/clients`;
    const [client] =
      (await keycloak.call<Client[]>('GET', `${path}?clientId=${base}`)) ?? [];
    const set = (redirectUris: string[]) =>
      keycloak.call('PUT', `${path}/${client.id}`, {
        clientId: base,
        redirectUris,
      });
    onMend(() => set(client.redirectUris));
    await set(['https://elsewhere.example.com/callback']);
  },
};
