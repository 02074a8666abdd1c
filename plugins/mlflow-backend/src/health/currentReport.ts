import { Finding } from 'backstage-plugin-mlflow-common';
import { ObservedInstance } from '../watch/ObservedInstance';
import { DeploymentState } from './deploymentState';
import { HealthReport } from './HealthReport';

/** Findings on these are overtaken by servers that came up since. */
const SEEN_LIVE: readonly string[] = ['Migration', 'Release', 'Server'];

/**
 * The report of an instance, as far as it still speaks of what is there: not of
 * an earlier instance of the name, not of other settings, and not from before the
 * last run ended. Pure.
 */
export function currentReport({
  record,
  health,
}: Pick<ObservedInstance, 'record' | 'health'>): HealthReport | undefined {
  const { id, generation, run } = record;
  const current =
    health?.id === id &&
    health.generation === generation &&
    (!run.finishedAt || run.finishedAt <= health.at);
  return current ? health : undefined;
}

/** The findings of a report that what is watched does not contradict. Pure. */
export function standingFindings(
  report: HealthReport | undefined,
  server: DeploymentState,
): Finding[] {
  const overtaken =
    report !== undefined &&
    server.phase === 'Ready' &&
    server.since !== undefined &&
    server.since > report.at;
  return (report?.findings ?? []).filter(
    ({ condition }) => !(overtaken && SEEN_LIVE.includes(condition)),
  );
}
