import { V1Job } from '@kubernetes/client-node';
import { Evidence } from 'backstage-plugin-mlflow-common';
import { MIGRATION_JOB } from '../../steps/migration';
import { Cause } from '../Cause';
import { Facts, known } from '../Facts';
import { answered } from '../facts/serverFacts';
import { linesOf, linesOfUnready } from '../podStates';
import { otherSchemas } from '../schemaState';

/** How servers and the Job say what went wrong. */
const FAILURE =
  /Detected out-of-date database schema|alembic\.util\.exc\.|sqlalchemy\.exc\.\w+|psycopg2\.errors\.\w+/;

/** The schema was not brought up to date. */
export const migrationFailed: Cause = {
  name: 'migration-failed',
  condition: 'Migration',
  severity: 'error',
  detect(facts) {
    const evidence = failedJob(facts) ?? failedStart(facts);
    const { release } = facts.instance;
    return (
      evidence && {
        title: `The databases could not be migrated to MLflow ${release.mlflow}.`,
        evidence,
        remedy:
          'Read the line of the log: it names the table or the right that is in the way. Mend that in the database, or bring both databases back from the backup, then let the servers start again.',
        values: { mlflow: release.mlflow },
      }
    );
  },
};

function failedJob(facts: Facts): Evidence[] | undefined {
  const { observed, instance } = facts;
  const job = observed.jobs.find(
    ({ metadata }) => metadata?.name === MIGRATION_JOB,
  );
  const failure = job && failureOf(job);
  if (failure === undefined) {
    return undefined;
  }
  const pods = observed.jobPods.map(({ metadata }) => metadata?.name);
  return [
    {
      source: `Kubernetes: job ${instance.names.namespace}/${MIGRATION_JOB}`,
      text: failure,
    },
    ...linesOf(facts, FAILURE, name => pods.includes(name)),
  ];
}

/** One that succeeded on a later try has not failed. */
function failureOf({ status }: V1Job): string | undefined {
  const failed = status?.conditions?.find(
    ({ type, status: value }) => type === 'Failed' && value === 'True',
  );
  return failed && !status?.succeeded
    ? [failed.reason, failed.message].filter(Boolean).join(': ')
    : undefined;
}

/**
 * A server that migrates while it starts, and does not come up; or comes up and
 * says that it cannot serve.
 */
function failedStart(facts: Facts): Evidence[] | undefined {
  const older = otherSchemas(facts).filter(({ newer }) => !newer);
  const ready = answered(known(facts.server)?.ready);
  const lines =
    ready && ready.status >= 500
      ? linesOf(facts, FAILURE)
      : linesOfUnready(facts, FAILURE);
  return older.length > 0 && lines.length > 0
    ? [
        ...older.map(({ database, revision, wanted }) => ({
          source: `PostgreSQL: database ${database}, alembic_version`,
          text: `${revision}; the server needs ${wanted}`,
        })),
        ...lines,
      ]
    : undefined;
}
