import { Detected } from './Cause';
import { DatabaseFact } from './facts/databaseFacts';

/**
 * PostgreSQL knows the role and not the password.
 *
 * @param secret - where the server has it from, for people
 */
export function refusedLogin(
  database: DatabaseFact | undefined,
  secret: string,
): Detected | undefined {
  if (!database || database.login.ok || database.login.kind !== 'password') {
    return undefined;
  }
  const { name, user = '', login } = database;
  return {
    title: `PostgreSQL refuses the password that the server has for database ${name}.`,
    evidence: [
      {
        source: `PostgreSQL: login of role ${user} to database ${name}, by ${secret}`,
        text: login.message,
      },
    ],
    remedy:
      'Run the repair: it gives role and Secrets one password and starts the server anew.',
    values: { database: name, role: user },
  };
}
