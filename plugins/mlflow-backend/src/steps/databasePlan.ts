import { SIZES } from 'backstage-plugin-mlflow-common';
import { DatabaseState } from '../systems/postgres/databases';
import { RoleState } from '../systems/postgres/roles';
import { foreign, updateOrKeep, withConflicts } from './marks';
import { Change, Instance } from './Step';

/** What is there of an instance in PostgreSQL. Holds no secret. */
export interface DatabaseObserved {
  role?: RoleState;
  tracking?: DatabaseState;
  auth?: DatabaseState;
  /** Whether the secrets hold user, password and the URI made of both. */
  secretsComplete: boolean;
  /** Whether the role is let in with the password of the secret. */
  passwordAccepted: boolean;
  /** Secrets of these names that are not the instance's. */
  foreignSecrets?: Change[];
}

/** What the step will do about role, databases and secrets. */
export function planDatabaseStep(
  instance: Instance,
  observed: DatabaseObserved,
): Change[] {
  const { names } = instance;
  const changes: Change[] = [
    planRole(instance, observed),
    planDatabase(
      instance,
      observed.role,
      names.trackingDatabase,
      observed.tracking,
    ),
    planDatabase(instance, observed.role, names.authDatabase, observed.auth),
    {
      system: 'Kubernetes',
      object: `secret ${names.secrets.database}`,
      ...(observed.secretsComplete
        ? { action: 'keep' }
        : { action: 'create', detail: 'user and password of the role' }),
    },
  ];
  return withConflicts(changes, observed.foreignSecrets);
}

/**
 * Whether a database is the instance's. Between its making and its marking it
 * has no mark, but the instance's role owns it already.
 */
export function isOurDatabase(
  instance: Instance,
  role: Pick<RoleState, 'mark'> | undefined,
  database: DatabaseState,
): boolean {
  const halfMade =
    database.mark === undefined &&
    database.owner === instance.names.databaseRole &&
    role?.mark === instance.mark;
  return database.mark === instance.mark || halfMade;
}

/** In what a database differs from what it should be, for people. */
export function databaseDifferences(
  instance: Instance,
  database: DatabaseState,
): string[] {
  return [
    ...(database.mark === instance.mark ? [] : ['has no mark yet']),
    ...(database.owner === instance.names.databaseRole
      ? []
      : [`is owned by ${database.owner}`]),
    ...(database.open ? ['is open to every role'] : []),
  ];
}

function planRole(instance: Instance, observed: DatabaseObserved): Change {
  const { role } = observed;
  const system = 'PostgreSQL';
  const object = `role ${instance.names.databaseRole}`;
  if (!role) {
    return { system, object, action: 'create' };
  }
  if (role.mark !== instance.mark) {
    return foreign(system, object, role.mark);
  }
  const limit = SIZES[instance.spec.size].databaseConnections;
  const differences = [
    ...(role.canLogin ? [] : ['may not log in']),
    ...(role.connectionLimit === limit
      ? []
      : [`connection limit ${role.connectionLimit}, not ${limit}`]),
    ...(role.ours ? [] : ['the portal may not act for it']),
    ...(observed.passwordAccepted || !role.canLogin
      ? []
      : ['does not take the password of the secret']),
  ];
  return updateOrKeep(system, object, differences);
}

function planDatabase(
  instance: Instance,
  role: RoleState | undefined,
  name: string,
  database: DatabaseState | undefined,
): Change {
  const system = 'PostgreSQL';
  const object = `database ${name}`;
  if (!database) {
    return { system, object, action: 'create' };
  }
  if (!isOurDatabase(instance, role, database)) {
    return foreign(system, object, database.mark);
  }
  return updateOrKeep(system, object, databaseDifferences(instance, database));
}
