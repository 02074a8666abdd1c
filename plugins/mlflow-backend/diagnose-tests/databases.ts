import { sql } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Patient } from './Patient.ts';

/** Ends all connections to a database, and lets nobody in meanwhile. */
const close = (name: string) => `
  ALTER DATABASE "${name}" ALLOW_CONNECTIONS false;
  SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}';
`;

/** Renames a database, which its server then does not find. */
export async function hideDatabase(
  { context, onMend }: Patient,
  name: string,
): Promise<void> {
  const away = `${name}_away`;
  onMend(() =>
    sql(
      context,
      `ALTER DATABASE "${away}" RENAME TO "${name}";
       ALTER DATABASE "${name}" ALLOW_CONNECTIONS true;`,
    ),
  );
  await sql(
    context,
    `${close(name)} ALTER DATABASE "${name}" RENAME TO "${away}";`,
  );
}

/** Notes another revision of the schema in a database. */
export async function setRevision(
  { context, onMend }: Patient,
  database: string,
  revision: string,
): Promise<void> {
  const inside = (text: string) =>
    sql(context, `\\connect "${database}"\n${text}`);
  const before = (
    await inside('SELECT version_num FROM alembic_version;')
  ).trim();
  const set = (to: string) =>
    inside(`UPDATE alembic_version SET version_num = '${to}';`);
  onMend(() => set(before));
  await set(revision);
}
