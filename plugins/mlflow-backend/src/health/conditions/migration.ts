import { V1Job } from '@kubernetes/client-node';
import { MIGRATION_JOB } from '../../steps/migration';
import { bad, good, Judgement, unknown } from './Judgement';

/** Whether the schema of the databases is the one that the server wants. */
export function judgeMigration(
  jobs: readonly V1Job[],
  serverAvailable: boolean,
): Judgement {
  const job = jobs.find(({ metadata }) => metadata?.name === MIGRATION_JOB);
  const ended = (type: string) =>
    job?.status?.conditions?.find(
      condition => condition.type === type && condition.status === 'True',
    );
  const failure = ended('Failed');
  if (failure) {
    return bad(
      'JobFailed',
      `Job ${MIGRATION_JOB} failed (${
        failure.message ?? failure.reason ?? 'no reason given'
      }). Its log says why.`,
    );
  }
  if (ended('Complete')) {
    return good('ByJob', `Job ${MIGRATION_JOB} migrated both databases.`);
  }
  if (job) {
    return unknown('JobRunning', `Job ${MIGRATION_JOB} is running.`);
  }
  return serverAvailable
    ? good('ByServer', 'The server migrated both databases as it started.')
    : unknown('NotYetDone', 'The server migrates both databases as it starts.');
}
