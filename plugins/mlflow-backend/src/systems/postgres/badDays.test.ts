import { randomBytes } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import { once } from 'node:events';
import { CuttableProxy } from '../../__testUtils__/CuttableProxy';
import { saysItShortly } from '../../__testUtils__/hostileText';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { PostgresClient } from './PostgresClient';
import { createRole, dropRole } from './roles';
import { scramVerifier } from './scram';

const config = sandboxPlatformConfig();
const { host, port, user, password } = config.postgres;
const signal = AbortSignal.timeout(60_000);
const real = PostgresClient.fromConfig(config);
const clients: PostgresClient[] = [real];

const clientWith = (
  connection: ConstructorParameters<typeof PostgresClient>[0],
  options?: ConstructorParameters<typeof PostgresClient>[1],
) => {
  const client = new PostgresClient(
    { host, port, user, password, ssl: { ca: config.ca }, ...connection },
    options,
  );
  clients.push(client);
  return client;
};

const ask = (client: PostgresClient, text = 'SELECT 1') =>
  client.session(signal, session => session.query('ask', text));

afterAll(async () => {
  await Promise.all(clients.map(client => client.close()));
});

/** Takes connections and says nothing. */
async function silentServer(): Promise<net.Server> {
  const server = net.createServer(() => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const portOf = (server: net.Server) => {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
};

it('silent at the login is named with the remedy, in time', async () => {
  const server = await silentServer();
  const client = clientWith(
    { host: '127.0.0.1', port: portOf(server) },
    { connectMs: 300 },
  );
  const started = Date.now();
  const error: unknown = await ask(client).catch(e => e);

  expect(error).toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringMatching(
      /^PostgreSQL: could not log in: the server cannot be reached .*Check mlflow.platforms.<platform>.postgres/,
    ),
  });
  expect(saysItShortly(error)).toBe(true);
  expect(Date.now() - started).toBeLessThan(20_000);
  server.close();
});

it('silent in a statement is given up soon after a cancel', async () => {
  const proxy = await CuttableProxy.listen(new URL(`tcp://${host}:${port}`));
  const client = clientWith({
    host: '127.0.0.1',
    port: Number(new URL(proxy.url).port),
    ssl: {
      ca: config.ca,
      checkServerIdentity: (_, certificate) =>
        tls.checkServerIdentity(host, certificate),
    },
  });
  await ask(client);
  const abort = new AbortController();
  const hanging = client.session(abort.signal, session =>
    session.query('ask', 'SELECT pg_sleep(30)'),
  );
  await new Promise(resolve => setTimeout(resolve, 300));
  proxy.mute();
  const started = Date.now();
  abort.abort(new Error('cancelled'));

  await expect(hanging).rejects.toThrow('cancelled');
  expect(Date.now() - started).toBeLessThan(5_000);
  proxy.mend();
  await expect(ask(client)).resolves.toHaveLength(1);
  await proxy.close();
});

it('silent at the login is given up at once on a cancel', async () => {
  const server = await silentServer();
  const client = clientWith({ host: '127.0.0.1', port: portOf(server) });
  const started = Date.now();

  await expect(
    client.session(AbortSignal.timeout(200), session =>
      session.query('ask', 'SELECT 1'),
    ),
  ).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(Date.now() - started).toBeLessThan(2_000);
  server.close();
});

it('slow with a statement is told to stop, and works again', async () => {
  const client = clientWith({}, { statementMs: 300 });
  const started = Date.now();

  await expect(ask(client, 'SELECT pg_sleep(30)')).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringMatching(
      /^PostgreSQL: could not ask in time. The server is busy .*try again/,
    ),
  });
  expect(Date.now() - started).toBeLessThan(20_000);
  await expect(ask(client)).resolves.toHaveLength(1);
});

it('with a certificate of another CA says where the CA belongs', async () => {
  const client = clientWith({ ssl: {} });

  await expect(ask(client)).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringMatching(
      /the server's certificate is not trusted .*mlflow.platforms.<platform>.ca/,
    ),
  });
});

it('called by another name than its certificate has says so', async () => {
  const proxy = await CuttableProxy.listen(new URL(`tcp://${host}:${port}`));
  const client = clientWith({
    host: '127.0.0.1',
    port: Number(new URL(proxy.url).port),
  });

  await expect(ask(client)).rejects.toMatchObject({
    name: 'ServiceUnavailableError',
    message: expect.stringMatching(
      /certificate is not trusted .*call the server as the certificate does/,
    ),
  });
  await proxy.close();
});

describe('with a limit of connections', () => {
  const role = `mlflow_t_${randomBytes(5).toString('hex')}`;
  const secret = randomBytes(12).toString('hex');

  beforeAll(async () => {
    await real.session(signal, async session => {
      await createRole(session, role, 'a test');
      await session.query(
        'limit the role',
        `ALTER ROLE ${role} PASSWORD '${scramVerifier(
          secret,
        )}' CONNECTION LIMIT 1`,
      );
    });
  });

  afterAll(async () => {
    await real.session(signal, session => dropRole(session, role));
  });

  it('reached is named with the remedy, and works once one is free', async () => {
    const first = clientWith({ user: role, password: secret });
    const second = clientWith({ user: role, password: secret });

    await first.session(signal, async session => {
      await session.query('hold the connection', 'SELECT 1');
      const error: unknown = await ask(second).catch(e => e);
      expect(error).toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.stringMatching(
          /^PostgreSQL: could not log in: the server has no connection left. .*raise max_connections/,
        ),
      });
      expect(saysItShortly(error)).toBe(true);
    });
    await first.close();
    clients.splice(clients.indexOf(first), 1);

    await expect(ask(second)).resolves.toHaveLength(1);
    await second.close();
    clients.splice(clients.indexOf(second), 1);
  });
});
