import { CuttableProxy } from '../../__testUtils__/CuttableProxy';
import { testInstance } from '../../__testUtils__/instance';
import { contextOf, sandboxPlatform } from '../../__testUtils__/stepContext';
import { databaseStep } from '../../steps/database';
import { namespaceStep } from '../../steps/namespace';
import { runStep } from '../../steps/runStep';
import { StepContext } from '../../steps/Step';
import { alterRole } from '../../systems/postgres/roles';
import { PostgresClient } from '../../systems/postgres/PostgresClient';
import { gatherDatabases } from './gatherDatabases';

const platform = sandboxPlatform();
const instance = testInstance();
const { names } = instance;
const ctx = contextOf(instance, platform);

beforeAll(async () => {
  await runStep(namespaceStep, ctx);
  await runStep(databaseStep, ctx);
});

afterAll(async () => {
  await databaseStep.remove(ctx, { data: 'delete' });
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

/** A context in which the Secrets hold something else. */
function withSecrets(
  change: (values: Record<string, string>) => Record<string, string>,
): StepContext {
  const { secrets } = platform;
  return {
    ...ctx,
    platform: {
      ...platform,
      secrets: Object.assign(Object.create(secrets), {
        read: async (...asked: Parameters<typeof secrets.read>) => {
          const values = await secrets.read(...asked);
          return values && change(values);
        },
      }),
    },
  };
}

it('is let in by the values of both Secrets, and counts connections', async () => {
  expect(await gatherDatabases(ctx)).toEqual({
    tracking: {
      name: names.trackingDatabase,
      user: names.databaseRole,
      exists: true,
      login: { ok: true },
      revision: undefined,
    },
    auth: {
      name: names.authDatabase,
      user: names.databaseRole,
      exists: true,
      login: { ok: true },
      revision: undefined,
    },
    connections: { used: expect.any(Number), limit: expect.any(Number) },
  });
});

it('tells another password from another database, and repeats neither', async () => {
  const facts = await gatherDatabases(
    withSecrets(values => ({
      ...values,
      password: 'not-the-password',
      OIDC_USERS_DB_URI: (values.OIDC_USERS_DB_URI ?? '').replace(
        `/${names.authDatabase}?`,
        '/nowhere?',
      ),
    })),
  );

  expect(facts.tracking.login).toMatchObject({ ok: false, kind: 'password' });
  expect(facts.auth).toMatchObject({
    name: 'nowhere',
    exists: false,
    login: { ok: false, kind: 'missing' },
  });
  expect(JSON.stringify(facts)).not.toContain('not-the-password');
});

it('says that a Secret holds no login', async () => {
  const facts = await gatherDatabases(withSecrets(() => ({})));

  expect(facts.tracking.login).toMatchObject({ ok: false, kind: 'secret' });
  expect(facts.auth.login).toMatchObject({ ok: false, kind: 'secret' });
});

it('says that the role has no connection left', async () => {
  await platform.postgres.session(ctx.signal, session =>
    alterRole(session, names.databaseRole, {
      canLogin: true,
      connectionLimit: 0,
    }),
  );
  try {
    const facts = await gatherDatabases(ctx);
    for (const { login } of [facts.tracking, facts.auth]) {
      expect(login).toMatchObject({ ok: false, kind: 'full' });
    }
    expect(facts.connections).toEqual({ used: 0, limit: 0 });
  } finally {
    await runStep(databaseStep, ctx);
  }
});

it.each(['cut', 'mute'] as const)(
  'says within the time of a look that PostgreSQL does not answer: %s',
  async how => {
    const { host, port } = platform.config.postgres;
    const proxy = await CuttableProxy.listen(new URL(`http://${host}:${port}`));
    const postgres = PostgresClient.fromConfig({
      ...platform.config,
      postgres: {
        ...platform.config.postgres,
        host: '127.0.0.1',
        port: Number(new URL(proxy.url).port),
      },
    });
    proxy[how]();
    const begin = Date.now();
    try {
      const facts = await gatherDatabases({
        ...ctx,
        platform: { ...platform, postgres },
      });
      for (const { login, exists } of [facts.tracking, facts.auth]) {
        expect(login).toMatchObject({ ok: false, kind: 'unreachable' });
        expect(exists).toBeUndefined();
      }
      expect(facts.connections).toBeUndefined();
      expect(Date.now() - begin).toBeLessThan(6_000);
    } finally {
      await proxy.close();
      await postgres.close();
    }
  },
);
