import { Detected } from './Cause';
import { DatabaseFact } from './facts/databaseFacts';

/** PostgreSQL lets the role in, and there is no such database. */
export function missingDatabase(
  database: DatabaseFact | undefined,
): Detected | undefined {
  if (!database || database.login.ok || database.login.kind !== 'missing') {
    return undefined;
  }
  const { name, user = '', login } = database;
  return {
    title: `Database ${name} does not exist.`,
    evidence: [
      {
        source: `PostgreSQL: login of role ${user} to database ${name}`,
        text: login.message,
      },
    ],
    remedy: `Bring database ${name} back: under its name if it was renamed, else from a backup. Only where what was in it is not missed, run the repair, which makes an empty one.`,
    values: { database: name },
  };
}
