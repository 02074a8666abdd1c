import { Session } from './PostgresClient';

/**
 * How many connections a role has, and how many it may have; undefined when there
 * is no such role or no limit.
 */
export async function readConnections(
  session: Session,
  role: string,
): Promise<{ used: number; limit: number } | undefined> {
  const [row] = await session.query<{ used: number; connection_limit: number }>(
    `count the connections of role ${role}`,
    // Who is connected is told to everybody, what they do is not.
    `SELECT rolconnlimit AS connection_limit,
            (SELECT count(*)::int FROM pg_stat_activity
              WHERE usename = rolname) AS used
       FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  return row && row.connection_limit >= 0
    ? { used: row.used, limit: row.connection_limit }
    : undefined;
}
