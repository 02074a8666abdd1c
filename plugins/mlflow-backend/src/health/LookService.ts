import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  InstanceReference,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import pLimit from 'p-limit';
import { InstanceRecord } from '../instances/InstanceRecord';
import { InstanceSources } from '../watch/InstanceSources';
import { ObservedInstance } from '../watch/ObservedInstance';
import { HealthReport } from './HealthReport';
import { isNews } from './reportNews';

/** Looks at once, over all platforms. */
const AT_ONCE = 4;

/** At least so much lies between two looks at one instance, in milliseconds. */
const MIN_GAP_MS = 2_000;

/**
 * Who asks each so many seconds for what is no older gets a new look each time,
 * and not each second time.
 */
const SLACK_MS = 1_000;

/** A look ends by then; each system has a shorter time of its own. */
const LOOK_MS = 30_000;
const WRITE_MS = 10_000;

/** How long a report is kept in memory. */
const KEEP_MS = 60 * 60_000;

/** What the service is made of. */
export interface LookOptions {
  sources: InstanceSources;
  logger: LoggerService;
  /**
   * Looks at an instance; `before` is the report of the look before. What takes
   * longer than people wait comes `later`, with all the rest.
   */
  look(
    observed: ObservedInstance,
    before: HealthReport | undefined,
    signal: AbortSignal,
  ): Promise<{ report: HealthReport; later?: Promise<HealthReport> }>;
  /** Writes a report where every replica sees it. */
  write(
    record: InstanceRecord,
    report: HealthReport,
    signal: AbortSignal,
  ): Promise<void>;
}

/** What is kept of an instance between looks. */
interface Kept {
  running?: Promise<void>;
  report?: HealthReport;
}

/**
 * Looks at instances, when somebody asks and when it is time. Whoever asks at the
 * same time shares a look, and the whole fleet a budget. What a look comes to is
 * written down when it is news.
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
    const observed = this.#find(ref);
    if (!observed || !canBeLookedAt(observed.record)) {
      return;
    }
    const kept = this.#of(observed.record.id);
    const known = this.withLatest(observed).health;
    const age = known && Date.now() - Date.parse(known.at);
    const serves = Math.max(maxAgeMs - SLACK_MS, MIN_GAP_MS);
    if (age === undefined || age > serves) {
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
    const isNewer =
      report && (health?.id !== record.id || health.at < report.at);
    return isNewer ? { ...observed, health: report } : observed;
  }

  /** Ends what is under way. */
  stop(): void {
    this.#stop.abort();
  }

  #find(ref: InstanceReference): ObservedInstance | undefined {
    return this.#options.sources.get(ref.platform)?.get(ref.name);
  }

  #of(id: string): Kept {
    const known = this.#kept.get(id);
    if (known) {
      return known;
    }
    this.#forgetOld();
    const kept: Kept = {};
    this.#kept.set(id, kept);
    return kept;
  }

  /** Of an instance that is gone; of others it is written down by then. */
  #forgetOld(): void {
    const oldest = Date.now() - KEEP_MS;
    for (const [id, { running, report }] of this.#kept) {
      if (!running && report && Date.parse(report.at) < oldest) {
        this.#kept.delete(id);
      }
    }
  }

  async #look(ref: InstanceReference): Promise<void> {
    // It may have gone, or changed, while others were looked at.
    const observed = this.#find(ref);
    if (!observed) {
      return;
    }
    try {
      const before = this.withLatest(observed).health;
      const { report, later } = await this.#options.look(
        observed,
        before,
        this.#within(LOOK_MS),
      );
      later?.then(
        complete => this.#amend(observed, complete),
        error => this.#failed(ref, error),
      );
      await this.#keep(observed, report);
    } catch (error) {
      this.#failed(ref, error);
    }
  }

  /** Unless the next look has come in between. */
  async #amend(
    observed: ObservedInstance,
    report: HealthReport,
  ): Promise<void> {
    if (this.#of(observed.record.id).report?.at === report.at) {
      await this.#keep(observed, report).catch(error =>
        this.#failed(observed.record.spec, error),
      );
    }
  }

  async #keep(
    { record }: ObservedInstance,
    report: HealthReport,
  ): Promise<void> {
    this.#of(record.id).report = report;
    if (isNews(report, this.#find(record.spec)?.health)) {
      await this.#options.write(record, report, this.#within(WRITE_MS));
    }
  }

  #failed(ref: InstanceReference, error: unknown): void {
    if (!this.#stop.signal.aborted) {
      this.#options.logger.warn(
        `MLflow instance ${stringifyInstanceReference(
          ref,
        )} could not be looked at: ${stringifyError(error)}`,
      );
    }
  }

  #within(ms: number): AbortSignal {
    return AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ms)]);
  }
}

/**
 * While a run works on an instance, it is not as it will be; one whose first run
 * has not come to its end may lack what that run has not made yet.
 */
export function canBeLookedAt({ run, provisionedAt }: InstanceRecord): boolean {
  return (
    run.state === 'done' ||
    ((run.state === 'failed' || run.state === 'undone') &&
      provisionedAt !== undefined)
  );
}
