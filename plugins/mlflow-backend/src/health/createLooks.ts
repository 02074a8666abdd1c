import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { CAUSES } from '../diagnostics/catalogue';
import { look } from '../diagnostics/look';
import { HealthMetrics } from '../monitoring/HealthMetrics';
import { PlatformsService } from '../platform/PlatformsService';
import { InstanceSources } from '../watch/InstanceSources';
import { DriftReader, ReadPlan } from './DriftReader';
import { LookService } from './LookService';
import { reportOf } from './reportOf';
import { writeReport } from './writeReport';

/** How long a look waits for what differs once all else is known. */
const DRIFT_PATIENCE_MS = 1_500;

/** The looks of this portal: with the whole catalogue, counted, and written down. */
export function createLooks({
  platforms,
  sources,
  metrics,
  readPlan,
  logger,
}: {
  platforms: PlatformsService;
  sources: InstanceSources;
  metrics: HealthMetrics;
  readPlan: ReadPlan;
  logger: LoggerService;
}): LookService {
  const drifts = new DriftReader(readPlan);
  return new LookService({
    sources,
    logger,
    async look(observed, before, signal) {
      const { record } = observed;
      const platform = platforms.get(record.spec.platform);
      const looking = look(
        observed,
        platform,
        signal,
        (system, answered, seconds) => metrics.probe(system, answered, seconds),
      );
      const patience = looking.then(() => sleep(DRIFT_PATIENCE_MS));
      const [facts, { drift, later }] = await Promise.all([
        looking,
        drifts.read(record, patience),
      ]);
      const report = reportOf(facts, drift, CAUSES, before);
      report.findings.forEach(({ cause }) => metrics.finding(cause));
      return {
        report,
        ...(later && {
          later: later.then(found => reportOf(facts, found, CAUSES, before)),
        }),
      };
    },
    write: (record, report, signal) =>
      writeReport(platforms.get(record.spec.platform), record, report, signal),
  });
}
