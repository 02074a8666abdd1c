import { sql } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

/**
 * Users of an instance and what they may see by patterns, from its database:
 * MLflow itself tells this to its admins only.
 */
export async function mlflowObjects(
  context: Context,
  name: string,
): Promise<string[]> {
  const database = `mlflow_${name.replaceAll('-', '_')}_auth`;
  const known = await sql(
    context,
    `SELECT 1 FROM pg_database WHERE datname = '${database}';`,
  );
  if (!known) return [];
  const tables = await sql(
    context,
    `\\connect ${database}
SELECT table_name FROM information_schema.tables
 WHERE table_name = 'users' OR table_name LIKE '%_regex_permissions';`,
  );
  const counts = tables
    .split('\n')
    .filter(Boolean)
    .map(table => `SELECT '${table} ' || count(*) FROM "${table}";`);
  const rows = await sql(
    context,
    `\\connect ${database}\n${counts.join('\n')}`,
  );
  return rows
    .split('\n')
    .filter(Boolean)
    .map(row => `mlflow ${row}`);
}
