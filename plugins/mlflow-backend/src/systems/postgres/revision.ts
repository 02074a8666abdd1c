import { sqlState } from './errors';
import { PostgresClient } from './PostgresClient';

/** There is no such table. */
const NO_TABLE = '42P01';

/**
 * Revision of the schema of a database, which Alembic notes there; undefined
 * before the first migration. Read as the role that owns it.
 *
 * @throws what PostgreSQL or the network said; see `loginFault`
 */
export async function readRevision(
  postgres: Pick<PostgresClient, 'queryAs'>,
  login: { user: string; password: string; database: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const [row] = await postgres.queryAs<{ version_num: string }>(
      login,
      'SELECT version_num FROM alembic_version',
      signal,
    );
    return row?.version_num;
  } catch (error) {
    if (sqlState(error) === NO_TABLE) {
      return undefined;
    }
    throw error;
  }
}
