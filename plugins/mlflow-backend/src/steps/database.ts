import { SIZES } from 'backstage-plugin-mlflow-common';
import { CA_BUNDLE_PATH } from '../releases/Release';
import {
  createDatabase,
  DatabaseState,
  dropDatabase,
  readDatabases,
  secureDatabase,
} from '../systems/postgres/databases';
import { databaseUri } from '../systems/postgres/databaseUri';
import { Session } from '../systems/postgres/PostgresClient';
import {
  alterRole,
  createRole,
  dropRole,
  joinRole,
  readRole,
  RoleState,
} from '../systems/postgres/roles';
import { scramVerifier } from '../systems/postgres/scram';
import { randomSecret } from '../systems/secrets/generate';
import { SecretValues } from '../systems/secrets/SecretStore';
import { assertMark, foreign } from './marks';
import { Change, Instance, Removal, Step, StepContext } from './Step';

/** What is there of an instance in PostgreSQL. Holds no secret. */
export interface DatabaseObserved {
  role?: RoleState;
  tracking?: DatabaseState;
  auth?: DatabaseState;
  /** Whether the secrets hold the user, a password and the URI made of both. */
  secretsComplete: boolean;
  /** Whether the role is let in with the password of the secret. */
  passwordAccepted: boolean;
}

/** What the step uses of its context. */
export type DatabaseContext = Pick<StepContext, 'instance' | 'signal'> & {
  platform: Pick<StepContext['platform'], 'config' | 'postgres' | 'secrets'>;
};

const SYSTEM = 'PostgreSQL';
const PART = 'database';

/**
 * One role that may log in, and its two databases: MLflow's and that of its
 * users and permissions.
 */
export const databaseStep = {
  name: 'database',

  async observe(ctx: DatabaseContext): Promise<DatabaseObserved> {
    const { instance, platform, signal } = ctx;
    const { secrets } = instance.names;
    const [state, credentials, oidc] = await Promise.all([
      platform.postgres.session(signal, session => read(session, instance)),
      platform.secrets.read(instance, secrets.database, signal),
      platform.secrets.read(instance, secrets.oidc, signal),
    ]);
    const password = credentials?.password;
    return {
      ...state,
      secretsComplete:
        Boolean(password) &&
        credentials?.username === instance.names.databaseRole &&
        oidc?.OIDC_USERS_DB_URI === usersUri(ctx, password ?? ''),
      passwordAccepted:
        Boolean(password && state.role?.canLogin) &&
        (await login(ctx, password ?? '')),
    };
  },

  plan(instance: Instance, observed: DatabaseObserved): Change[] {
    const { names } = instance;
    const role = planRole(instance, observed);
    return [
      role,
      ...(
        [
          [names.trackingDatabase, observed.tracking],
          [names.authDatabase, observed.auth],
        ] as const
      ).map(([name, state]) => planDatabase(instance, observed, name, state)),
      planSecret(instance, observed),
    ];
  },

  async apply(ctx: DatabaseContext): Promise<void> {
    const { instance, platform, signal } = ctx;
    const { names, mark } = instance;
    // The secret comes first: once a role has a password, it is kept somewhere.
    const password = await writeSecrets(ctx);
    const accepted = await login(ctx, password);
    await platform.postgres.transaction(signal, session =>
      prepareRole(session, instance, accepted ? undefined : password),
    );
    await Promise.all(
      [names.trackingDatabase, names.authDatabase].map(name =>
        platform.postgres.session(signal, async session => {
          const found = (await readDatabases(session, [name])).get(name);
          if (!found) {
            await createDatabase(session, name, names.databaseRole);
          } else if (!isOurs(found, instance)) {
            assertMark(SYSTEM, `database ${name}`, found.mark, mark);
          }
          if (!found || databaseDifferences(instance, found).length > 0) {
            await secureDatabase(session, name, names.databaseRole, mark);
          }
        }),
      ),
    );
  },

  async remove(
    ctx: DatabaseContext,
    options: { data: 'keep' | 'delete' },
  ): Promise<Removal[]> {
    const { instance, platform, signal } = ctx;
    const { names } = instance;
    const removals = await platform.postgres.session(signal, async session => {
      const state = await read(session, instance);
      const roleIsOurs = state.role?.mark === instance.mark;
      if (roleIsOurs && !state.role?.ours) {
        await joinRole(session, names.databaseRole);
      }
      const databases: Removal[] = [];
      for (const [name, found] of [
        [names.trackingDatabase, state.tracking],
        [names.authDatabase, state.auth],
      ] as const) {
        const object = `database ${name}`;
        if (!found) {
          databases.push({ system: SYSTEM, object, result: 'absent' });
        } else if (!(found.mark === instance.mark || (roleIsOurs && isOurs(found, instance)))) {
          databases.push(keptForeign(object));
        } else if (options.data === 'keep') {
          databases.push({
            system: SYSTEM,
            object,
            result: 'kept',
            detail: 'data is kept',
          });
        } else {
          await dropDatabase(session, name);
          databases.push({ system: SYSTEM, object, result: 'removed' });
        }
      }
      return [...databases, await removeRole(session, instance, state.role, databases)];
    });
    await Promise.all([
      platform.secrets.remove(instance, names.secrets.database, PART, signal),
      platform.secrets.remove(instance, names.secrets.oidc, PART, signal),
    ]);
    return removals;
  },
} satisfies Step<DatabaseObserved>;
