import {
  homonymElsewhere,
  homonymOf,
  testInstance,
} from '../__testUtils__/instance';
import { crashEverywhere, crashing } from '../__testUtils__/crash';
import {
  actionsOf,
  contextOf,
  sandboxPlatform,
} from '../__testUtils__/stepContext';
import { readDatabaseSizes } from '../systems/postgres/databases';
import { databaseStep } from './database';
import { namespaceStep } from './namespace';
import { runStep } from './runStep';

const platform = sandboxPlatform();
const instance = testInstance();
const { names } = instance;
const ctx = contextOf(instance, platform);

const login = (password: string, database = names.trackingDatabase) =>
  platform.postgres.acceptsLogin(
    { user: names.databaseRole, password, database },
    ctx.signal,
  );

const passwordOf = async () =>
  (await platform.secrets.read(instance, names.secrets.database))?.password ??
  '';

beforeAll(async () => {
  await runStep(namespaceStep, ctx);
});

afterAll(async () => {
  await databaseStep.remove(ctx, { data: 'delete' });
  await namespaceStep.remove(ctx, { data: 'delete' });
  await platform.close();
});

it('makes a role with two databases, and finds nothing to do again', async () => {
  expect(await actionsOf(databaseStep, ctx)).toEqual([
    'create',
    'create',
    'create',
    'create',
  ]);
  expect(await actionsOf(databaseStep, ctx)).toEqual([
    'keep',
    'keep',
    'keep',
    'keep',
  ]);
});

it('lets the role in with the password of the secret and no other', async () => {
  const password = await passwordOf();

  expect(await login(password)).toBe(true);
  expect(await login(password, names.authDatabase)).toBe(true);
  expect(await login(`${password}x`)).toBe(false);
});

it('gives MLflow a URI with that password and the address inside the cluster', async () => {
  const oidc = await platform.secrets.read(instance, names.secrets.oidc);
  const uri = new URL(oidc?.OIDC_USERS_DB_URI ?? '');

  expect(uri.protocol).toBe('postgresql+psycopg2:');
  expect(uri.hostname).toBe(platform.config.postgres.inCluster?.host);
  expect(uri.pathname).toBe(`/${names.authDatabase}`);
  expect(decodeURIComponent(uri.password)).toBe(await passwordOf());
  expect(uri.searchParams.get('sslmode')).toBe('verify-full');
});

it('tells the sizes of the databases while the portal belongs to their role', async () => {
  const { trackingDatabase, authDatabase, databaseRole } = names;
  const sizes = () =>
    platform.postgres.session(ctx.signal, session =>
      readDatabaseSizes(session, [trackingDatabase, authDatabase, 'mlflow_no']),
    );
  const known = { mark: instance.mark, bytes: expect.any(Number) };
  expect(await sizes()).toEqual(
    expect.arrayContaining([
      { ...known, name: trackingDatabase },
      { ...known, name: authDatabase },
    ]),
  );

  await platform.postgres.session(ctx.signal, session =>
    session.query('leave the role', `REVOKE ${databaseRole} FROM CURRENT_USER`),
  );
  expect(await sizes()).toContainEqual({
    name: trackingDatabase,
    mark: instance.mark,
  });
  await runStep(databaseStep, ctx);
  expect(await sizes()).toContainEqual({ ...known, name: trackingDatabase });
});

it('gives the role no right but to its own databases', async () => {
  const [row] = await platform.postgres.session(ctx.signal, session =>
    session.query(
      'read rights',
      `SELECT rolsuper, rolcreatedb, rolcreaterole, rolconnlimit,
              has_database_privilege('public', $2, 'CONNECT') AS open
         FROM pg_roles WHERE rolname = $1`,
      [names.databaseRole, names.trackingDatabase],
    ),
  );

  expect(row).toEqual({
    rolsuper: false,
    rolcreatedb: false,
    rolcreaterole: false,
    rolconnlimit: 40,
    open: false,
  });
});

it('repairs a password that somebody changed', async () => {
  await platform.secrets.write(instance, names.secrets.database, 'database', {
    password: 'changed-by-hand',
  });

  expect(await actionsOf(databaseStep, ctx)).toEqual([
    'update',
    'keep',
    'keep',
    'create',
  ]);
  expect(await login('changed-by-hand')).toBe(true);
});

it('makes a lost password anew', async () => {
  await platform.secrets.remove(instance, names.secrets.database, 'database');

  await runStep(databaseStep, ctx);

  expect(await login(await passwordOf())).toBe(true);
  expect(await login('changed-by-hand')).toBe(false);
});

it('follows the size of the instance', async () => {
  const larger = {
    ...instance,
    spec: { ...instance.spec, size: 'M' as const },
  };

  const changes = await runStep(databaseStep, contextOf(larger, platform));

  expect(changes[0].detail).toBe('connection limit 40, not 80');
  expect(await actionsOf(databaseStep, contextOf(larger, platform))).toEqual([
    'keep',
    'keep',
    'keep',
    'keep',
  ]);
});

it('leaves the objects of another owner alone', async () => {
  const password = await passwordOf();
  const other = contextOf(homonymOf(instance), platform);
  const elsewhere = contextOf(homonymElsewhere(instance), platform);

  await expect(runStep(databaseStep, other)).rejects.toThrow(
    `secret ${names.secrets.database} is not ours (it belongs to ${instance.mark})`,
  );
  await expect(runStep(databaseStep, elsewhere)).rejects.toThrow(
    `role ${names.databaseRole} is not ours (belongs to ${instance.mark})`,
  );
  const removals = await databaseStep.remove(other, { data: 'delete' });
  expect(removals.map(({ result }) => result)).toEqual(
    removals.map(() => 'kept'),
  );
  expect(await login(password)).toBe(true);
});

it('makes nothing before the instance has its namespace', async () => {
  const early = contextOf(testInstance(), platform);

  await expect(runStep(databaseStep, early)).rejects.toThrow(
    `namespace ${early.instance.names.namespace} does not exist`,
  );
  expect(await databaseStep.observe(early)).toMatchObject({ role: undefined });
});

it('keeps data when asked to, and takes it up again', async () => {
  const results = async (data: 'keep' | 'delete') =>
    (await databaseStep.remove(ctx, { data }))
      .filter(({ system }) => system === 'PostgreSQL')
      .map(({ result }) => result);
  const password = await passwordOf();

  expect(await results('keep')).toEqual(['kept', 'kept', 'kept']);
  expect(await login(password)).toBe(false);

  await runStep(databaseStep, ctx);
  expect(await login(await passwordOf())).toBe(true);

  expect(await results('delete')).toEqual(['removed', 'removed', 'removed']);
  expect(await results('delete')).toEqual(['absent', 'absent', 'absent']);
});

it('is repaired by running it again, wherever it was cut off', async () => {
  const crashes = await crashEverywhere(fuse =>
    runStep(
      databaseStep,
      contextOf(instance, {
        ...platform,
        postgres: crashing(platform.postgres, fuse),
        secrets: crashing(platform.secrets, fuse),
      }),
    ),
  );

  expect(crashes).toBeGreaterThan(10);
  expect(await actionsOf(databaseStep, ctx)).toEqual([
    'keep',
    'keep',
    'keep',
    'keep',
  ]);
  expect(await login(await passwordOf())).toBe(true);
});

it('never says the password, in a plan, a line of progress or an error', async () => {
  const observed = await databaseStep.observe(ctx);
  const plan = databaseStep.plan(instance, observed);
  const error: unknown = await runStep(
    databaseStep,
    contextOf(homonymOf(instance), platform),
  ).catch(e => e);
  const said = JSON.stringify([observed, plan, ctx.lines, String(error)]);

  expect(said).not.toContain(await passwordOf());
  expect(said).not.toContain('SCRAM-SHA-256');
});
