import {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import { METRIC_PREFIX, SECONDS } from './names';

/**
 * Counts what the portal's own looks at instances find. No label names an
 * instance: a thousand of them must not make a thousand series.
 */
export class HealthMetrics {
  readonly #probes: MetricsServiceCounter;
  readonly #durations: MetricsServiceHistogram;
  readonly #findings: MetricsServiceCounter;

  constructor(metrics: MetricsService) {
    this.#probes = metrics.createCounter(`${METRIC_PREFIX}.probes`, {
      description: 'Probes of instances, by probe and outcome',
    });
    this.#durations = metrics.createHistogram(
      `${METRIC_PREFIX}.probe_duration`,
      { description: 'How long a probe of an instance took', ...SECONDS },
    );
    this.#findings = metrics.createCounter(`${METRIC_PREFIX}.findings`, {
      description: 'Causes that were found in instances, each time again',
    });
  }

  /**
   * One probe ended.
   *
   * @param name - of the probe, one of a fixed few
   * @param ok - whether the instance passed it
   * @param seconds - how long it took
   */
  probe(name: string, ok: boolean, seconds: number): void {
    this.#probes.add(1, { probe: name, outcome: ok ? 'passed' : 'failed' });
    this.#durations.record(seconds, { probe: name });
  }

  /**
   * A look found what is wrong.
   *
   * @param cause - its name in the catalogue
   */
  finding(cause: string): void {
    this.#findings.add(1, { cause });
  }
}
