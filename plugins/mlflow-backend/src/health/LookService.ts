import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { InstanceReference } from 'backstage-plugin-mlflow-common';
import pLimit from 'p-limit';
import { CAUSES } from '../diagnostics/catalogue';
import { Drift } from '../diagnostics/Drift';
import { gatherDrift } from '../diagnostics/gatherDrift';
import { look } from '../diagnostics/look';
import { HealthMetrics } from '../monitoring/HealthMetrics';
import { InstanceRecord } from '../instances/InstanceRecord';
import { toInstance } from '../instances/toInstance';
import { Platform } from '../platform/Platform';
import { PlatformsService } from '../platform/PlatformsService';
import { InstanceSources } from '../watch/InstanceSources';
import { ObservedInstance } from '../watch/ObservedInstance';
import { HealthReport } from './HealthReport';
import { isNews } from './reportNews';
import { reportOf } from './reportOf';
import { writeReport } from './writeReport';

/** Looks at once, over all platforms. */
const AT_ONCE = 4;

/** At least so much lies between two looks at one instance, in milliseconds. */
const MIN_GAP_MS = 2_000;

/** What differs is compared no more often, in milliseconds. */
const DRIFT_MS = 60_000;

/** A look ends by then; each system has ten seconds of its own. */
const LOOK_MS = 30_000;

/** What is kept of an instance between looks. */
interface Kept {
  running?: Promise<HealthReport | undefined>;
  report?: HealthReport;
  /** How it differed, and when that was compared; epoch milliseconds. */
  drift?: { at: number; drift: Drift };
}

/** What the looks are made with. */
export interface LookOptions {
  platforms: PlatformsService;
  sources: InstanceSources;
  logger: LoggerService;
  metrics: HealthMetrics;
}

/**
 * Looks at instances, when somebody asks and when it is time. Whoever asks at the
 * same time shares a look, and the whole fleet a budget. What a look comes to is
 * written beside the record, where every replica sees it.
 */
export class LookService {
  readonly #options: LookOptions;
  readonly #limit = pLimit(AT_ONCE);
  /** By id of the record. */
  readonly #kept = new Map<string, Kept>();
  readonly #stop = new AbortController();

  constructor(options: LookOptions) {
    this.#options = options;
  }

  /**
   * Looks at an instance unless a look serves that began no longer ago. An
   * instance that is being made or changed is left alone. Never rejects.
   *
   * @param maxAgeMs - how old what is known may be
   */
  async check(ref: InstanceReference, maxAgeMs: number): Promise<void> {
    const observed = this.#options.sources.get(ref.platform)?.get(ref.name);
    if (!observed || !canBeLookedAt(observed.record)) {
      return;
    }
    const kept = this.#of(observed.record.id);
    const known = this.withLatest(observed).health;
    const age = known && Date.now() - Date.parse(known.at);
    if (age === undefined || age > Math.max(maxAgeMs, MIN_GAP_MS)) {
      kept.running ??= this.#limit(() => this.#look(ref)).finally(() => {
        kept.running = undefined;
      });
    }
    await kept.running;
  }

  /** The instance with what this replica knows of its health, if that is newer. */
  withLatest(observed: ObservedInstance): ObservedInstance {
    const { record, health } = observed;
    const report = this.#kept.get(record.id)?.report;
    return report &&
      (!health || health.id !== record.id || health.at < report.at)
      ? { ...observed, health: report }
      : observed;
  }

  /** Forgets instances that are gone. */
  forgetAllBut(ids: ReadonlySet<string>): void {
    for (const id of this.#kept.keys()) {
      if (!ids.has(id)) {
        this.#kept.delete(id);
      }
    }
  }

  /** Ends what is under way. */
  stop(): void {
    this.#stop.abort();
  }

  #of(id: string): Kept {
    const kept = this.#kept.get(id) ?? {};
    this.#kept.set(id, kept);
    return kept;
  }

  async #look({ platform: name, name: instance }: InstanceReference) {
    const { platforms, sources, logger, metrics } = this.#options;
    try {
      const platform = platforms.get(name);
      const observed = sources.get(name)?.get(instance);
      if (!observed) {
        return undefined;
      }
      const signal = AbortSignal.any([
        this.#stop.signal,
        AbortSignal.timeout(LOOK_MS),
      ]);
      const kept = this.#of(observed.record.id);
      const [facts, drift] = await Promise.all([
        look(observed, platform, signal, (system, answered, seconds) =>
          metrics.probe(system, answered, seconds),
        ),
        this.#driftOf(kept, observed.record, platform, signal),
      ]);
      const before = this.withLatest(observed).health;
      kept.report = reportOf(facts, drift, CAUSES, before);
      kept.report.findings.forEach(({ cause }) => metrics.finding(cause));
      await this.#write(platform, observed, kept.report);
      return kept.report;
    } catch (error) {
      if (!this.#stop.signal.aborted) {
        logger.warn(
          `MLflow instance ${name}/${instance} could not be looked at: ${stringifyError(
            error,
          )}`,
        );
      }
      return undefined;
    }
  }

  async #driftOf(
    kept: Kept,
    record: InstanceRecord,
    platform: Platform,
    signal: AbortSignal,
  ): Promise<Drift> {
    const known = kept.drift;
    const changed = Date.parse(record.changedAt);
    if (known && Date.now() - known.at < DRIFT_MS && known.at > changed) {
      return known.drift;
    }
    const at = Date.now();
    const drift = await gatherDrift({
      instance: toInstance(record),
      platform,
      signal,
      log: () => undefined,
    });
    kept.drift = { at, drift };
    return drift;
  }

  /** Best effort: this replica knows the report, and writes the next one. */
  async #write(
    platform: Platform,
    { record }: ObservedInstance,
    report: HealthReport,
  ): Promise<void> {
    const { platform: name, name: instance } = record.spec;
    const written = this.#options.sources.get(name)?.get(instance)?.health;
    if (isNews(report, written)) {
      await writeReport(
        platform,
        record,
        report,
        AbortSignal.timeout(LOOK_MS),
      ).catch(error =>
        this.#options.logger.warn(
          `MLflow instance ${name}/${instance}: its health could not be written down: ${stringifyError(
            error,
          )}`,
        ),
      );
    }
  }
}

/**
 * While a run works on an instance, it is not as it will be; one whose first run
 * has not come to its end may lack what that run has not made yet.
 */
export function canBeLookedAt({ run, provisionedAt }: InstanceRecord): boolean {
  return (
    run.state === 'done' ||
    (run.state === 'failed' && provisionedAt !== undefined)
  );
}
