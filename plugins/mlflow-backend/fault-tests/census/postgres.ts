import { sql } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

const literal = (text: string) => `'${text.replace(/'/g, "''")}'`;

/** Roles, what they may, whose members they are, and databases, each with its mark. */
export async function postgresObjects(
  context: Context,
  name: string,
): Promise<string[]> {
  const base = literal(`mlflow_${name.replaceAll('-', '_')}`);
  const rows = await sql(
    context,
    `
SELECT 'role ' || rolname || ' login=' || rolcanlogin || ' limit=' || rolconnlimit
       || ' marked=' || (shobj_description(oid, 'pg_authid') IS NOT NULL)
  FROM pg_roles WHERE starts_with(rolname, ${base});
SELECT 'member ' || pg_get_userbyid(member) || ' of ' || pg_get_userbyid(roleid)
  FROM pg_auth_members WHERE starts_with(pg_get_userbyid(roleid), ${base});
SELECT 'database ' || datname || ' owner=' || pg_get_userbyid(datdba)
       || ' marked=' || (shobj_description(oid, 'pg_database') IS NOT NULL)
       || ' acl=' || coalesce(array_to_string(datacl, ' '), 'open')
  FROM pg_database WHERE starts_with(datname, ${base});`,
  );
  return rows
    .split('\n')
    .filter(Boolean)
    .map(row => `postgres ${row}`);
}
