import { ServiceUnavailableError } from '@backstage/errors';
import {
  InstanceMetrics,
  instanceNames,
  InstanceReference,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { Platform } from '../platform/Platform';
import { PrometheusClient } from '../systems/prometheus/PrometheusClient';
import { instanceMatchers, metricQueries, targetQuery } from './queries';

/** How long Prometheus may take for all that a page asks, in milliseconds. */
const DEADLINE_MS = 10_000;

/** How long an answer serves everybody who asks, in milliseconds. */
const KEPT_MS = 15_000;

/** What the charts show: the last hour, a point a minute. */
const SPAN_SECONDS = 3600;
const STEP_SECONDS = 60;

/** The platform of an instance, as far as it is needed here. */
type Monitored = Pick<Platform, 'name' | 'fetch'> & {
  config: Pick<Platform['config'], 'prometheus'>;
};

/**
 * Charts of instances out of Prometheus. However many pages are open, it is asked
 * once in a while for each instance.
 */
export class InstanceCharts {
  readonly #kept = new Map<
    string,
    { until: number; answer: Promise<InstanceMetrics> }
  >();

  readonly #deadlineMs: number;

  /** @param options - `deadlineMs`: how long Prometheus may take */
  constructor(options: { deadlineMs?: number } = {}) {
    this.#deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  }

  /** Never fails: that Prometheus does not answer is an answer. */
  async read(
    platform: Monitored,
    ref: InstanceReference,
    now: Date = new Date(),
  ): Promise<InstanceMetrics> {
    const { prometheus } = platform.config;
    if (!prometheus) {
      return {
        state: 'notConfigured',
        message: `Platform ${platform.name} names no Prometheus. An admin can set mlflow.platforms.${platform.name}.prometheus.url.`,
        series: [],
      };
    }
    this.#forget(now);
    const key = stringifyInstanceReference(ref);
    const known = this.#kept.get(key);
    if (known) {
      return known.answer;
    }
    const client = new PrometheusClient(prometheus, platform.fetch);
    const answer = ask(
      client,
      ref,
      prometheus.matchers,
      now,
      AbortSignal.timeout(this.#deadlineMs),
    );
    this.#kept.set(key, { until: now.getTime() + KEPT_MS, answer });
    return answer;
  }

  #forget(now: Date): void {
    for (const [key, { until }] of this.#kept) {
      if (until <= now.getTime()) {
        this.#kept.delete(key);
      }
    }
  }
}

async function ask(
  client: PrometheusClient,
  ref: InstanceReference,
  matchers: Record<string, string>,
  now: Date,
  signal: AbortSignal,
): Promise<InstanceMetrics> {
  const instance = instanceMatchers(instanceNames(ref.name), matchers);
  const end = Math.floor(now.getTime() / 1000 / STEP_SECONDS) * STEP_SECONDS;
  const range = { start: end - SPAN_SECONDS, end, step: STEP_SECONDS };
  try {
    const [targets, ...series] = await Promise.all([
      client.now(targetQuery(instance), signal),
      ...metricQueries(instance).map(async ({ query, ...described }) => ({
        ...described,
        points: await client.range(query, range, signal),
      })),
    ]);
    return series.some(({ points }) => points.length > 0)
      ? { state: 'shown', series }
      : { ...nothingThere(ref, targets), series };
  } catch (error) {
    if (error instanceof ServiceUnavailableError) {
      return { state: 'unanswered', message: error.message, series: [] };
    }
    throw error;
  }
}

/** Why there is not one point. */
function nothingThere(
  ref: InstanceReference,
  targets: number[],
): Pick<InstanceMetrics, 'state' | 'message'> {
  if (targets.length === 0) {
    return {
      state: 'notScraped',
      message: `Prometheus has no target for ${ref.name}. Check that the instance has metrics, and that Prometheus selects its ServiceMonitor.`,
    };
  }
  return targets.some(up => up > 0)
    ? {
        state: 'shown',
        message:
          'Prometheus has just begun; the first values come in a minute.',
      }
    : {
        state: 'notScraped',
        message: `Prometheus does not get the metrics of ${ref.name}. Check that the server runs and that network policies let Prometheus in.`,
      };
}
