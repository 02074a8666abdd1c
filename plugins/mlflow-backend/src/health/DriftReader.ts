import { stringifyError } from '@backstage/errors';
import { InstancePlan } from 'backstage-plugin-mlflow-common';
import { Drift, driftOf } from '../diagnostics/Drift';
import { InstanceRecord } from '../instances/InstanceRecord';

/** What differs is compared no more often, in milliseconds. */
const FRESH_MS = 60_000;

/** A comparison ends by then, also where systems do not answer. */
const PLAN_MS = 45_000;

/** How long it is told what differed before. */
const KEEP_MS = 60 * 60_000;

const NOT_YET: Drift = {
  differing: [],
  problems: ['It is still being compared.'],
};

/** Plans a run with the settings of a record. */
export type ReadPlan = (
  record: InstanceRecord,
  signal: AbortSignal,
) => Promise<InstancePlan>;

interface Comparison {
  startedAt: number;
  changedAt: string;
  drift: Promise<Drift>;
}

/**
 * How instances differ from what was asked for, each compared once a minute at
 * most, and anew when its record has changed.
 */
export class DriftReader {
  readonly #plan: ReadPlan;
  /** By id of the record. */
  readonly #running = new Map<string, Comparison>();
  readonly #last = new Map<string, { at: number; drift: Drift }>();

  constructor(plan: ReadPlan) {
    this.#plan = plan;
  }

  /**
   * Never rejects for want of an answer.
   *
   * @param patience - once it is resolved, what was known before is told, and
   * what is found comes later
   */
  async read(
    record: InstanceRecord,
    patience: Promise<unknown>,
  ): Promise<{ drift: Drift; later?: Promise<Drift> }> {
    const later = this.#compare(record);
    return Promise.race([
      later.then(drift => ({ drift })),
      patience.then(() => ({
        drift: this.#last.get(record.id)?.drift ?? NOT_YET,
        later,
      })),
    ]);
  }

  #compare(record: InstanceRecord): Promise<Drift> {
    this.#forgetOld();
    const { id, changedAt } = record;
    const known = this.#running.get(id);
    if (known?.changedAt === changedAt) {
      return known.drift;
    }
    const drift = this.#ask(record);
    this.#running.set(id, { startedAt: Date.now(), changedAt, drift });
    return drift;
  }

  async #ask(record: InstanceRecord): Promise<Drift> {
    const drift = await this.#plan(record, AbortSignal.timeout(PLAN_MS)).then(
      driftOf,
      error => ({ differing: [], problems: [stringifyError(error)] }),
    );
    this.#last.set(record.id, { at: Date.now(), drift });
    return drift;
  }

  #forgetOld(): void {
    const now = Date.now();
    for (const [id, { startedAt }] of this.#running) {
      if (now - startedAt > FRESH_MS) {
        this.#running.delete(id);
      }
    }
    for (const [id, { at }] of this.#last) {
      if (now - at > KEEP_MS) {
        this.#last.delete(id);
      }
    }
  }
}
