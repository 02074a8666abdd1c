import {
  DatabaseState,
  dropDatabase,
  readDatabases,
} from '../systems/postgres/databases';
import { Session } from '../systems/postgres/PostgresClient';
import {
  alterRole,
  dropRole,
  joinRole,
  readRole,
  RoleState,
} from '../systems/postgres/roles';
import { DatabaseObserved, isOurDatabase } from './databasePlan';
import { Instance, isWanted, Removal, RemoveOptions } from './Step';

const SYSTEM = 'PostgreSQL';
const DATA_IS_KEPT = 'data is kept';

/** Role and databases of the instance's names, whoever they belong to. */
export async function readAll(
  session: Session,
  { names }: Instance,
): Promise<Pick<DatabaseObserved, 'role' | 'tracking' | 'auth'>> {
  const role = await readRole(session, names.databaseRole);
  const databases = await readDatabases(session, [
    names.trackingDatabase,
    names.authDatabase,
  ]);
  return {
    role,
    tracking: databases.get(names.trackingDatabase),
    auth: databases.get(names.authDatabase),
  };
}

/**
 * Removes what bears the mark. Kept databases keep their role, which may then no
 * longer log in.
 */
export async function removeDatabases(
  session: Session,
  instance: Instance,
  options: RemoveOptions,
): Promise<Removal[]> {
  const { names } = instance;
  const { role, tracking, auth } = await readAll(session, instance);
  const roleIsOurs = role?.mark === instance.mark;
  if (roleIsOurs && !role.ours) {
    await joinRole(session, names.databaseRole);
  }
  const removals: Removal[] = [];
  for (const [name, database] of [
    [names.trackingDatabase, tracking],
    [names.authDatabase, auth],
  ] as const) {
    if (isWanted(options, `database ${name}`)) {
      removals.push(
        await removeDatabase(
          session,
          instance,
          role,
          name,
          database,
          options.data,
        ),
      );
    }
  }
  const object = `role ${names.databaseRole}`;
  if (!isWanted(options, object)) {
    return removals;
  }
  if (!role) {
    removals.push({ system: SYSTEM, object, result: 'absent' });
  } else if (!roleIsOurs) {
    removals.push(keptForeign(object));
  } else if (removals.some(removal => removal.detail === DATA_IS_KEPT)) {
    await alterRole(session, names.databaseRole, { canLogin: false });
    removals.push({
      system: SYSTEM,
      object,
      result: 'kept',
      detail: 'owns the kept databases; it may no longer log in',
    });
  } else {
    await dropRole(session, names.databaseRole);
    removals.push({ system: SYSTEM, object, result: 'removed' });
  }
  return removals;
}

async function removeDatabase(
  session: Session,
  instance: Instance,
  role: RoleState | undefined,
  name: string,
  database: DatabaseState | undefined,
  data: 'keep' | 'delete',
): Promise<Removal> {
  const object = `database ${name}`;
  if (!database) {
    return { system: SYSTEM, object, result: 'absent' };
  }
  if (!isOurDatabase(instance, role, database)) {
    return keptForeign(object);
  }
  if (data === 'keep') {
    return { system: SYSTEM, object, result: 'kept', detail: DATA_IS_KEPT };
  }
  await dropDatabase(session, name);
  return { system: SYSTEM, object, result: 'removed' };
}

function keptForeign(object: string): Removal {
  return {
    system: SYSTEM,
    object,
    result: 'kept',
    detail: 'it is not this instance’s',
  };
}
