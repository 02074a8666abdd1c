import { StepContext } from '../../steps/Step';
import { readConnections } from '../../systems/postgres/connections';
import { readDatabases } from '../../systems/postgres/databases';
import { loginFault } from '../../systems/postgres/loginFault';
import { readRevision } from '../../systems/postgres/revision';
import { SecretValues } from '../../systems/secrets/SecretStore';
import { DatabaseFact, DatabaseFacts } from './databaseFacts';
import { parseDatabaseUri } from './parseDatabaseUri';

/** How long the portal's own role may take; without it less is known, no more. */
const HELD_MS = 4_000;

/** Who logs in where. Never log it. */
interface Login {
  user: string;
  password: string;
  database: string;
}

/**
 * Logs in to both databases with the values that the server has, at the address
 * that the portal uses. The password stays here.
 */
export async function gatherDatabases(
  ctx: StepContext,
): Promise<DatabaseFacts> {
  const [{ tracking, auth }, held] = await Promise.all([
    logIn(ctx),
    readHeld(ctx),
  ]);
  const exists = (name: string) => held?.existing.includes(name);
  return {
    tracking: { ...tracking, exists: exists(tracking.name) },
    auth: { ...auth, exists: exists(auth.name) },
    connections: held?.connections,
  };
}

async function logIn(ctx: StepContext) {
  const { platform, instance, signal } = ctx;
  const { names } = instance;
  const read = (name: string) => platform.secrets.read(instance, name, signal);
  const [database, oidc] = await Promise.all([
    read(names.secrets.database),
    read(names.secrets.oidc),
  ]);
  const [tracking, auth] = await Promise.all([
    look(ctx, names.trackingDatabase, trackingLogin(ctx, database)),
    look(ctx, names.authDatabase, authLogin(oidc)),
  ]);
  return { tracking, auth };
}

/** What the portal's own role sees; undefined when PostgreSQL does not answer it. */
async function readHeld({ platform, instance, signal }: StepContext) {
  const { names } = instance;
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(HELD_MS)]);
  try {
    return await platform.postgres.session(bounded, async session => ({
      existing: [
        ...(
          await readDatabases(session, [
            names.trackingDatabase,
            names.authDatabase,
          ])
        ).keys(),
      ],
      connections: await readConnections(session, names.databaseRole),
    }));
  } catch (error) {
    signal.throwIfAborted();
    return undefined;
  }
}

function trackingLogin(
  { instance }: StepContext,
  values: SecretValues | undefined,
): Login | undefined {
  return values?.username && values.password
    ? {
        user: values.username,
        password: values.password,
        database: instance.names.trackingDatabase,
      }
    : undefined;
}

function authLogin(values: SecretValues | undefined): Login | undefined {
  return parseDatabaseUri(values?.OIDC_USERS_DB_URI);
}

async function look(
  { platform, signal }: StepContext,
  name: string,
  login: Login | undefined,
): Promise<DatabaseFact> {
  if (!login) {
    const message = 'the Secret has no user and password';
    return { name, login: { ok: false, kind: 'secret', message } };
  }
  const { user, database } = login;
  try {
    return {
      name: database,
      user,
      login: { ok: true },
      revision: await readRevision(platform.postgres, login, signal),
    };
  } catch (error) {
    signal.throwIfAborted();
    return {
      name: database,
      user,
      login: { ok: false, ...loginFault(error) },
    };
  }
}
