import tls from 'node:tls';
import { CuttableProxy } from '../../__testUtils__/CuttableProxy';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { PostgresClient } from './PostgresClient';

const config = sandboxPlatformConfig();
const clients: PostgresClient[] = [];
const signal = AbortSignal.timeout(30_000);

const clientWith = (
  postgres: Partial<typeof config.postgres>,
  ca = config.ca,
) => {
  const client = PostgresClient.fromConfig({
    ca,
    postgres: { ...config.postgres, ...postgres },
  });
  clients.push(client);
  return client;
};

const select = (client: PostgresClient, text: string, abort = signal) =>
  client.session(abort, session => session.query('ask', text));

afterAll(async () => {
  await Promise.all(clients.map(client => client.close()));
});

it('logs in over TLS as itself', async () => {
  const [row] = await select(
    clientWith({}),
    `SELECT ssl, application_name FROM pg_stat_ssl
       JOIN pg_stat_activity USING (pid) WHERE pid = pg_backend_pid()`,
  );

  expect(row).toEqual({ ssl: true, application_name: 'backstage-mlflow' });
});

it('refuses a server whose certificate no trusted CA signed', async () => {
  const client = PostgresClient.fromConfig({ postgres: config.postgres });
  clients.push(client);

  await expect(select(client, 'SELECT 1')).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('certificate is not trusted'),
  });
});

it('says whose password is wrong without saying the password', async () => {
  const client = clientWith({ password: 'wrong-password' });
  const error: unknown = await select(client, 'SELECT 1').catch(e => e);

  expect(String(error)).toContain('refuses the portal');
  expect(String(error)).not.toContain('wrong-password');
  expect(error).toMatchObject({ name: 'NotAllowedError' });
});

it('says where to look when nobody answers', async () => {
  await expect(
    select(clientWith({ port: 1 }), 'SELECT 1'),
  ).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('mlflow.platforms.<platform>.postgres'),
  });
});

it('stops a statement on the server when it is aborted', async () => {
  const client = clientWith({});
  const abort = new AbortController();
  const started = Date.now();
  const sleeping = select(
    client,
    `SELECT pg_sleep(20) /* aborted by a test */`,
    abort.signal,
  );
  setTimeout(() => abort.abort(new Error('cancelled')), 200);

  await expect(sleeping).rejects.toThrow('cancelled');
  expect(Date.now() - started).toBeLessThan(5_000);
  expect(
    await select(
      client,
      `SELECT 1 FROM pg_stat_activity
        WHERE state = 'active' AND query LIKE '%aborted by a test%'
          AND pid <> pg_backend_pid()`,
    ),
  ).toEqual([]);
});

it('survives the loss of a connection between two statements', async () => {
  const { host, port, user, password } = config.postgres;
  const proxy = await CuttableProxy.listen(new URL(`tcp://${host}:${port}`));
  const client = new PostgresClient({
    host: '127.0.0.1',
    port: Number(new URL(proxy.url).port),
    user,
    password,
    ssl: {
      ca: config.ca,
      checkServerIdentity: (_, certificate) =>
        tls.checkServerIdentity(host, certificate),
    },
  });
  clients.push(client);

  const lost = client.session(signal, async session => {
    await session.query('ask', 'SELECT 1');
    proxy.cut();
    await new Promise(resolve => setTimeout(resolve, 100));
    await session.query('ask again', 'SELECT 1');
  });

  await expect(lost).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringContaining('could not ask again'),
  });
  proxy.mend();
  await expect(select(client, 'SELECT 1 AS one')).resolves.toEqual([
    { one: 1 },
  ]);
  await proxy.close();
});

it('takes back all of a transaction that fails', async () => {
  const client = clientWith({});

  await expect(
    client.transaction(signal, async session => {
      await session.query('make', 'CREATE TEMP TABLE half (x int)');
      await session.query('fail', 'SELECT 1 / 0');
    }),
  ).rejects.toThrow('could not fail');
  expect(
    await select(client, `SELECT to_regclass('pg_temp.half') AS half`),
  ).toEqual([{ half: null }]);
});
