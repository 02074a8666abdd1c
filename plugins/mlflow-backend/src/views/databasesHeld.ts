import { Holdings } from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';
import { DatabaseSize, readDatabaseSizes } from '../systems/postgres/databases';
import { PostgresClient } from '../systems/postgres/PostgresClient';
import { notTheInstances } from './notTheInstances';

/** Reads what the databases of an instance take. */
export async function readDatabasesHeld(
  postgres: Pick<PostgresClient, 'session'>,
  instance: Instance,
  signal: AbortSignal,
): Promise<Holdings['databases']> {
  const { trackingDatabase, authDatabase } = instance.names;
  const names = [trackingDatabase, authDatabase];
  const sizes = await postgres.session(signal, session =>
    readDatabaseSizes(session, names),
  );
  return databasesHeld(instance, sizes);
}

/** Databases that are not there are left out: a run makes them. */
export function databasesHeld(
  { mark, names }: Pick<Instance, 'mark' | 'names'>,
  sizes: DatabaseSize[],
): Holdings['databases'] {
  const others = sizes.find(database => database.mark !== mark);
  if (others) {
    return notTheInstances('PostgreSQL', `database ${others.name}`);
  }
  const items: { name: string; bytes: number }[] = [];
  for (const { name, bytes } of sizes) {
    if (bytes === undefined) {
      return {
        problem: `PostgreSQL: the portal's role may not know the size of database ${name}, since it is no member of role ${names.databaseRole} any more. Retry the task that made the instance.`,
      };
    }
    items.push({ name, bytes });
  }
  return { items: items.sort((a, b) => a.name.localeCompare(b.name, 'en-US')) };
}
