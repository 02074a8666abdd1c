/** One call below `/admin/realms`, as Keycloak's administrator. */
export type AdminCall = (
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  content?: unknown,
) => Promise<unknown>;

/**
 * Makes a realm in which the portal has its account as adopters give it one, and
 * nobody else has anything: what is broken in it is broken for nobody else.
 *
 * @param setup - what `setup/keycloak.json` holds
 */
export async function makeRealm(
  call: AdminCall,
  {
    realm,
    secret,
    setup,
  }: {
    realm: string;
    /** Of the portal's client. */
    secret: string;
    setup: { clients: object[]; users: object[] };
  },
): Promise<void> {
  await call('POST', '', {
    realm,
    enabled: true,
    sslRequired: 'all',
    accessTokenLifespan: 300,
    bruteForceProtected: true,
    failureFactor: 3,
    waitIncrementSeconds: 300,
  });
  await call('POST', `/${realm}/partialImport`, {
    ifResourceExists: 'SKIP',
    clients: setup.clients.map(client => ({ ...client, secret })),
    users: setup.users,
  });
}
