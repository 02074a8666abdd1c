import { SIZES } from 'backstage-plugin-mlflow-common';
import { CA_BUNDLE_PATH } from '../releases/Release';
import {
  createDatabase,
  readDatabases,
  secureDatabase,
} from '../systems/postgres/databases';
import { databaseUri } from '../systems/postgres/databaseUri';
import { Session } from '../systems/postgres/PostgresClient';
import {
  alterRole,
  createRole,
  joinRole,
  readRole,
} from '../systems/postgres/roles';
import { scramVerifier } from '../systems/postgres/scram';
import { randomSecret } from '../systems/secrets/generate';
import { settled } from '../systems/settled';
import {
  databaseDifferences,
  DatabaseObserved,
  isOurDatabase,
  planDatabaseStep,
} from './databasePlan';
import { readAll, removeDatabases } from './databaseRemove';
import { assertMark } from './marks';
import { requireNamespace } from './namespace';
import { conflictsOf, observeSecret } from './observeSecret';
import { removeSecrets } from './removeSecrets';
import {
  Instance,
  isWanted,
  Plan,
  Removal,
  RemoveOptions,
  Step,
  StepContext,
} from './Step';

/** What the step uses of its context. */
export type DatabaseContext = Pick<StepContext, 'instance' | 'signal'> & {
  platform: Pick<
    StepContext['platform'],
    'config' | 'kubernetes' | 'postgres' | 'secrets'
  >;
};

const SYSTEM = 'PostgreSQL';

/** Under this name the step's keys stand in secrets that it shares. */
const PART = 'database';

/**
 * One role that may log in, and its two databases: MLflow's own, and that of
 * MLflow's users and permissions.
 */
export const databaseStep = {
  name: 'database',

  async observe(ctx: DatabaseContext): Promise<DatabaseObserved> {
    const { instance, platform, signal } = ctx;
    const { secrets } = instance.names;
    const [state, credentials, oidc] = await settled([
      platform.postgres.session(signal, session => readAll(session, instance)),
      observeSecret(ctx, secrets.database),
      observeSecret(ctx, secrets.oidc),
    ]);
    const found = {
      ...state,
      foreignSecrets: conflictsOf([credentials, oidc]),
    };
    const { username, password } = credentials.values ?? {};
    if (!password) {
      return { ...found, secretsComplete: false, passwordAccepted: false };
    }
    return {
      ...found,
      secretsComplete:
        username === instance.names.databaseRole &&
        oidc.values?.OIDC_USERS_DB_URI === usersUri(ctx, password),
      passwordAccepted: state.role?.canLogin
        ? await accepts(ctx, password)
        : false,
    };
  },

  plan: planDatabaseStep,

  async apply(
    ctx: DatabaseContext,
    { observed }: Plan<DatabaseObserved>,
  ): Promise<void> {
    await requireNamespace(ctx);
    const { instance, platform, signal } = ctx;
    // The secret comes first: a role's password is then never lost in a crash.
    const password = await writeSecrets(ctx);
    const accepted = observed.role?.canLogin
      ? await accepts(ctx, password)
      : false;
    await platform.postgres.transaction(signal, session =>
      ensureRole(session, instance, accepted ? undefined : password),
    );
    await settled(
      databasesOf(instance).map(name =>
        platform.postgres.session(signal, session =>
          ensureDatabase(session, instance, name),
        ),
      ),
    );
  },

  async remove(
    ctx: DatabaseContext,
    options: RemoveOptions,
  ): Promise<Removal[]> {
    const { instance, platform, signal } = ctx;
    const { secrets } = instance.names;
    const removals = await platform.postgres.session(signal, session =>
      removeDatabases(session, instance, options),
    );
    return isWanted(options, `secret ${secrets.database}`)
      ? [
          ...removals,
          ...(await removeSecrets(ctx, PART, [secrets.database, secrets.oidc])),
        ]
      : removals;
  },
} satisfies Step<DatabaseObserved>;

function databasesOf({ names }: Instance): string[] {
  return [names.trackingDatabase, names.authDatabase];
}

function accepts(ctx: DatabaseContext, password: string): Promise<boolean> {
  const { names } = ctx.instance;
  return ctx.platform.postgres.acceptsLogin(
    { user: names.databaseRole, password, database: names.trackingDatabase },
    ctx.signal,
  );
}

function usersUri({ instance, platform }: DatabaseContext, password: string) {
  const { host, port, inCluster, sslMode } = platform.config.postgres;
  return databaseUri({
    user: instance.names.databaseRole,
    password,
    host: inCluster?.host ?? host,
    port: inCluster?.port ?? port,
    database: instance.names.authDatabase,
    caPath: sslMode === 'verify-full' ? CA_BUNDLE_PATH : undefined,
  });
}

/** @returns the password of the role, made now or before */
async function writeSecrets(ctx: DatabaseContext): Promise<string> {
  const { instance, platform, signal } = ctx;
  const { databaseRole, secrets } = instance.names;
  const { username, password } = await platform.secrets.fill(
    instance,
    secrets.database,
    PART,
    { username: () => databaseRole, password: randomSecret },
    signal,
  );
  if (username !== databaseRole) {
    await platform.secrets.write(
      instance,
      secrets.database,
      PART,
      { username: databaseRole, password },
      signal,
    );
  }
  const OIDC_USERS_DB_URI = usersUri(ctx, password);
  const oidc = await platform.secrets.read(instance, secrets.oidc, signal);
  if (oidc?.OIDC_USERS_DB_URI !== OIDC_USERS_DB_URI) {
    await platform.secrets.write(
      instance,
      secrets.oidc,
      PART,
      { OIDC_USERS_DB_URI },
      signal,
    );
  }
  return password;
}

/** @param password - set anew when given */
async function ensureRole(
  session: Session,
  instance: Instance,
  password: string | undefined,
): Promise<void> {
  const { names, mark, spec } = instance;
  const role = await readRole(session, names.databaseRole);
  if (role) {
    assertMark(SYSTEM, `role ${names.databaseRole}`, role.mark, mark);
  } else {
    await createRole(session, names.databaseRole, mark);
  }
  if (!role?.ours) {
    await joinRole(session, names.databaseRole);
  }
  const connectionLimit = SIZES[spec.size].databaseConnections;
  if (
    password !== undefined ||
    !role?.canLogin ||
    role.connectionLimit !== connectionLimit
  ) {
    await alterRole(session, names.databaseRole, {
      canLogin: true,
      connectionLimit,
      verifier: password === undefined ? undefined : scramVerifier(password),
    });
  }
}

async function ensureDatabase(
  session: Session,
  instance: Instance,
  name: string,
): Promise<void> {
  const { mark } = instance;
  const { databaseRole } = instance.names;
  const found = (await readDatabases(session, [name])).get(name);
  if (!found) {
    await createDatabase(session, name, databaseRole);
  } else if (!isOurDatabase(instance, { mark }, found)) {
    assertMark(SYSTEM, `database ${name}`, found.mark, mark);
  }
  if (!found || databaseDifferences(instance, found).length > 0) {
    await secureDatabase(session, name, databaseRole, mark);
  }
}
