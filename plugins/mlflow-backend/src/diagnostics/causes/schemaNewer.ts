import { Cause } from '../Cause';
import { linesOfUnready } from '../podStates';
import { otherSchemas } from '../schemaState';

/** How a server says that it does not know the revision that it finds. */
const UNKNOWN =
  /Can't locate revision identified by|Detected out-of-date database schema/;

/** A newer server has migrated a database, and this one cannot go back. */
export const schemaNewer: Cause = {
  name: 'schema-newer',
  condition: 'Migration',
  severity: 'error',
  hides: ['migration-failed'],
  detect(facts) {
    const newer = otherSchemas(facts).filter(schema => schema.newer);
    if (newer.length === 0) {
      return undefined;
    }
    const { mlflow, oidcAuth, line } = facts.instance.release;
    const [{ database, revision, wanted }] = newer;
    return {
      title: `The schema of database ${database} is newer than the server, which does not start on it.`,
      evidence: [
        ...newer.map(schema => ({
          source: `PostgreSQL: database ${schema.database}, alembic_version`,
          text: `${schema.revision}, which MLflow ${mlflow} with mlflow-oidc-auth ${oidcAuth} does not know; its newest is ${schema.wanted}`,
        })),
        ...linesOfUnready(facts, UNKNOWN),
      ],
      remedy: `Install a server that knows revision ${revision}, or bring both databases back from a backup that was made before. Line ${line} cannot take a schema back.`,
      values: { database, revision, wanted },
    };
  },
};
