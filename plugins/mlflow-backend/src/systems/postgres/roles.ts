import { escapeIdentifier, escapeLiteral } from 'pg';
import { Session } from './PostgresClient';

/** A role as the server describes it. */
export interface RoleState {
  mark?: string;
  canLogin: boolean;
  /** -1 without limit */
  connectionLimit: number;
  /** Whether the portal's role may act as this one and give it databases. */
  ours: boolean;
}

/** The role, or undefined when it does not exist. */
export async function readRole(
  session: Session,
  role: string,
): Promise<RoleState | undefined> {
  const [row] = await session.query<{
    mark: string | null;
    can_login: boolean;
    connection_limit: number;
    ours: boolean;
  }>(
    `read role ${role}`,
    // PostgreSQL 16 parted the right to act as a role (SET) from membership.
    `SELECT shobj_description(oid, 'pg_authid') AS mark,
            rolcanlogin AS can_login,
            rolconnlimit AS connection_limit,
            pg_has_role(oid, 'USAGE') AND pg_has_role(oid,
              CASE WHEN current_setting('server_version_num')::int >= 160000
                   THEN 'SET' ELSE 'MEMBER' END) AS ours
       FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  return (
    row && {
      mark: row.mark ?? undefined,
      canLogin: row.can_login,
      connectionLimit: row.connection_limit,
      ours: row.ours,
    }
  );
}

/** Makes a role without any right but to log in, and marks it. */
export async function createRole(
  session: Session,
  role: string,
  mark: string,
): Promise<void> {
  const id = escapeIdentifier(role);
  await session.query(
    `create role ${role}`,
    `CREATE ROLE ${id} LOGIN NOCREATEDB NOCREATEROLE`,
  );
  await session.query(
    `mark role ${role}`,
    `COMMENT ON ROLE ${id} IS ${escapeLiteral(mark)}`,
  );
}

/**
 * Sets what may change of a role.
 *
 * @param settings - `verifier` is a SCRAM verifier, never a password
 */
export async function alterRole(
  session: Session,
  role: string,
  settings: { canLogin: boolean; connectionLimit?: number; verifier?: string },
): Promise<void> {
  const { canLogin, connectionLimit, verifier } = settings;
  const options = [
    canLogin ? 'LOGIN' : 'NOLOGIN',
    ...(connectionLimit === undefined
      ? []
      : [`CONNECTION LIMIT ${connectionLimit.toFixed()}`]),
    ...(verifier ? [`PASSWORD ${escapeLiteral(verifier)}`] : []),
  ];
  await session.query(
    `change role ${role}`,
    `ALTER ROLE ${escapeIdentifier(role)} ${options.join(' ')}`,
  );
}

/** Lets the portal's role act as another, which owning its databases needs. */
export async function joinRole(session: Session, role: string): Promise<void> {
  const [{ separate }] = await session.query<{ separate: boolean }>(
    'read the version',
    `SELECT current_setting('server_version_num')::int >= 160000 AS separate`,
  );
  await session.query(
    `join role ${role}`,
    `GRANT ${escapeIdentifier(role)} TO CURRENT_USER${
      separate ? ' WITH INHERIT TRUE, SET TRUE' : ''
    }`,
  );
}

/** @throws ConflictError when the role still owns something elsewhere */
export async function dropRole(session: Session, role: string): Promise<void> {
  await session.query(
    `drop role ${role}`,
    `DROP ROLE IF EXISTS ${escapeIdentifier(role)}`,
  );
}
