import { escapeIdentifier, escapeLiteral } from 'pg';
import { Session } from './PostgresClient';

/** A database as the server describes it. */
export interface DatabaseState {
  mark?: string;
  owner: string;
  /** Whether every role of the server may connect or make temporary tables. */
  open: boolean;
}

/** Those of the named databases that exist. */
export async function readDatabases(
  session: Session,
  names: string[],
): Promise<Map<string, DatabaseState>> {
  const rows = await session.query<{
    name: string;
    mark: string | null;
    owner: string;
    open: boolean;
  }>(
    `read databases ${names.join(', ')}`,
    `SELECT datname AS name,
            shobj_description(oid, 'pg_database') AS mark,
            pg_get_userbyid(datdba) AS owner,
            EXISTS (SELECT FROM aclexplode(
              coalesce(datacl, acldefault('d', datdba))) AS acl
              WHERE acl.grantee = 0) AS open
       FROM pg_database WHERE datname = ANY($1)`,
    [names],
  );
  return new Map(
    rows.map(row => [
      row.name,
      { mark: row.mark ?? undefined, owner: row.owner, open: row.open },
    ]),
  );
}

/** A database and what it takes on the server's disk. */
export interface DatabaseSize {
  name: string;
  mark?: string;
  /** Undefined when the portal's role may not know. */
  bytes?: number;
}

/** The sizes of those of the named databases that exist, in no order. */
export async function readDatabaseSizes(
  session: Session,
  names: string[],
): Promise<DatabaseSize[]> {
  const rows = await session.query<{
    name: string;
    mark: string | null;
    bytes: string | null;
  }>(
    `read the sizes of databases ${names.join(', ')}`,
    // Without the right to connect the function fails instead of saying nothing.
    `SELECT datname AS name,
            shobj_description(oid, 'pg_database') AS mark,
            CASE WHEN has_database_privilege(oid, 'CONNECT')
                   OR pg_has_role('pg_read_all_stats', 'USAGE')
                 THEN pg_database_size(oid) END AS bytes
       FROM pg_database WHERE datname = ANY($1)`,
    [names],
  );
  return rows.map(({ name, mark, bytes }) => ({
    name,
    ...(mark !== null && { mark }),
    ...(bytes !== null && { bytes: Number(bytes) }),
  }));
}

/**
 * Makes an empty database. It is copied from `template0`, since `template1`
 * cannot be copied while anybody is connected to it.
 */
export async function createDatabase(
  session: Session,
  name: string,
  owner: string,
): Promise<void> {
  await session.query(
    `create database ${name}`,
    `CREATE DATABASE ${escapeIdentifier(name)} OWNER ${escapeIdentifier(
      owner,
    )} TEMPLATE template0 ENCODING 'UTF8'`,
  );
}

/** Marks a database and closes it to all roles but its owner. */
export async function secureDatabase(
  session: Session,
  name: string,
  owner: string,
  mark: string,
): Promise<void> {
  const id = escapeIdentifier(name);
  await session.query(
    `set the owner of database ${name}`,
    `ALTER DATABASE ${id} OWNER TO ${escapeIdentifier(owner)}`,
  );
  await session.query(
    `close database ${name}`,
    `REVOKE ALL ON DATABASE ${id} FROM PUBLIC`,
  );
  await session.query(
    `mark database ${name}`,
    `COMMENT ON DATABASE ${id} IS ${escapeLiteral(mark)}`,
  );
}

/** Drops a database with all that is in it, and ends its connections. */
export async function dropDatabase(
  session: Session,
  name: string,
): Promise<void> {
  await session.query(
    `drop database ${name}`,
    `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`,
  );
}
