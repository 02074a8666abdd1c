import { once } from 'node:events';
import { createServer } from 'node:http';
import { Response } from 'undici';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { createPlatformFetch, PlatformFetch } from '../http';
import { findClient } from './clients';
import { KeycloakClient } from './KeycloakClient';

const config = sandboxPlatformConfig();
const http = createPlatformFetch(config.ca);
const clients: KeycloakClient[] = [];
const signal = AbortSignal.timeout(30_000);

const clientWith = (
  keycloak: Partial<typeof config.keycloak>,
  fetch: PlatformFetch = http.fetch,
) => {
  const client = KeycloakClient.fromConfig(
    { ca: config.ca, keycloak: { ...config.keycloak, ...keycloak } },
    fetch,
  );
  clients.push(client);
  return client;
};

const find = (client: KeycloakClient, clientId = 'account') =>
  findClient(client, clientId, signal);

afterAll(async () => {
  await Promise.all(clients.map(client => client.close()));
  await http.close();
});

it('logs in once for all calls that start together', async () => {
  let logins = 0;
  const client = clientWith({}, (input, init) => {
    logins++;
    return http.fetch(input, init);
  });

  const found = await Promise.all(
    Array.from({ length: 12 }, () => find(client)),
  );
  await find(client);

  expect(found.every(Boolean)).toBe(true);
  expect(logins).toBe(1);
});

it('ends a call that Keycloak does not answer with its signal', async () => {
  const silent = createServer(() => undefined);
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = clientWith({ url: `http://127.0.0.1:${port}` }, async () =>
    Response.json({ access_token: 'x', expires_in: 60 }),
  );
  const cancelled = new AbortController();
  const asked = once(silent, 'request');
  const finding = findClient(client, 'account', cancelled.signal);
  const [request] = await asked;
  const hungUp = once(request.socket, 'close');

  cancelled.abort(new Error('cancelled'));

  await expect(finding).rejects.toThrow('cancelled');
  await hungUp;
  silent.closeAllConnections();
  silent.close();
});

it('tries again after a login that failed', async () => {
  let broken = true;
  const client = clientWith({}, (input, init) =>
    broken ? Promise.reject(new Error('cut')) : http.fetch(input, init),
  );
  await expect(find(client)).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
  });

  broken = false;
  expect(await find(client)).toBeDefined();
});

/** Gives so many tokens that Keycloak does not know, then its own. */
function forgetful(times: number) {
  const counts = { logins: 0 };
  const fetch: PlatformFetch = async (input, init) => {
    counts.logins += 1;
    const answer = await http.fetch(input, init);
    return counts.logins > times
      ? answer
      : Response.json({ access_token: 'forgotten', expires_in: 300 });
  };
  return { counts, client: clientWith({}, fetch) };
}

it('logs in again when Keycloak does not know its token any more', async () => {
  const { counts, client } = forgetful(1);

  expect(await find(client)).toBeDefined();
  expect(counts.logins).toBe(2);
});

it('says when a new token is refused too', async () => {
  const { counts, client } = forgetful(9);

  await expect(find(client)).rejects.toMatchObject({
    name: 'NotAllowedError',
    message: expect.stringMatching(/got just now is refused.*clocks/),
  });
  expect(counts.logins).toBe(2);
});

it('knows the issuer', async () => {
  const client = clientWith({});

  expect((await client.discovery(signal)).issuer).toBe(client.issuer);
});

it('says that the secret is wrong without saying the secret', async () => {
  const error: unknown = await find(
    clientWith({ clientSecret: 'not-the-secret' }),
  ).catch(e => e);

  expect(error).toMatchObject({ name: 'NotAllowedError' });
  expect(String(error)).toContain(`client ${config.keycloak.clientId}`);
  expect(String(error)).not.toContain('not-the-secret');
});

it('says that the realm does not exist', async () => {
  const client = clientWith({ realm: 'nowhere' });

  await expect(find(client)).rejects.toMatchObject({
    name: 'NotFoundError',
    message: expect.stringContaining('no realm nowhere'),
  });
  await expect(client.discovery(signal)).rejects.toMatchObject({
    name: 'NotFoundError',
  });
});

it('says where to look when nobody answers', async () => {
  await expect(
    find(clientWith({ url: 'https://127.0.0.1:1' })),
  ).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('mlflow.platforms.<platform>.keycloak'),
  });
});

it('trusts no CA but the public ones and that of its platform', async () => {
  const client = KeycloakClient.fromConfig(
    { keycloak: config.keycloak },
    http.fetch,
  );
  clients.push(client);

  // The login goes by the platform's fetch, the admin call by its own trust.
  await expect(find(client)).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
  });
});

it('says which role is missing', async () => {
  const client = clientWith({});

  await expect(
    client.call(
      { what: 'list the components', role: 'manage-clients', signal },
      admin => admin.components.find(),
    ),
  ).rejects.toMatchObject({
    name: 'NotAllowedError',
    message: expect.stringContaining('the role manage-clients'),
  });
});
