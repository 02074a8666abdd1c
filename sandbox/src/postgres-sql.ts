import type { Secrets } from './secrets.ts';

/** A role as the sandbox wants it. */
interface Role {
  name: string;
  attributes: string;
  password: string;
}

const literal = (text: string) => `'${text.replace(/'/g, "''")}'`;

const roleSql = ({ name, attributes, password }: Role) => `
SELECT 'CREATE ROLE ${name}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = ${literal(
  name,
)}) \\gexec
ALTER ROLE ${name} WITH LOGIN ${attributes} PASSWORD ${literal(password)};`;

// \gexec, since CREATE DATABASE can't stand in a DO block
const databaseSqlOf = (name: string) => `
SELECT 'CREATE DATABASE ${name} OWNER ${name}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = ${literal(
  name,
)}) \\gexec
REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC;`;

/**
 * Roles and databases of the platform itself; running it again changes
 * nothing. The portal's role is made by the file that adopters run.
 *
 * @param portalRole - text of that file
 */
export function databaseSql(secrets: Secrets, portalRole: string): string {
  const roles: Role[] = [
    {
      name: 'backstage',
      attributes: 'NOSUPERUSER CREATEDB NOCREATEROLE',
      password: secrets.postgresBackstage,
    },
    {
      name: 'keycloak',
      attributes: 'NOSUPERUSER NOCREATEDB NOCREATEROLE',
      password: secrets.postgresKeycloak,
    },
  ];
  return [
    `SET log_statement = 'none'; SET log_min_error_statement = 'panic';`,
    `ALTER ROLE postgres PASSWORD ${literal(secrets.postgresSuperuser)};`,
    portalRole,
    `ALTER ROLE mlflow_provisioner PASSWORD ${literal(
      secrets.postgresProvisioner,
    )};`,
    ...roles.map(roleSql),
    ...['backstage', 'keycloak'].map(databaseSqlOf),
    '',
  ].join('\n');
}
