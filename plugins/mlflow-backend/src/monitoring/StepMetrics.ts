import {
  MetricsService,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import { METRIC_PREFIX, SECONDS } from './names';

/** How a step ended. */
export type StepOutcome = 'done' | 'failed' | 'cancelled';

/** How long the steps of runs take, and how they end. */
export class StepMetrics {
  readonly #durations: MetricsServiceHistogram;

  constructor(metrics: MetricsService) {
    this.#durations = metrics.createHistogram(
      `${METRIC_PREFIX}.step_duration`,
      {
        description: 'How long a step of a run took, by step and outcome',
        ...SECONDS,
      },
    );
  }

  /**
   * One step ended.
   *
   * @param step - id of its action
   * @param seconds - how long it took, waiting included
   */
  step(step: string, outcome: StepOutcome, seconds: number): void {
    this.#durations.record(seconds, { step, outcome });
  }
}
