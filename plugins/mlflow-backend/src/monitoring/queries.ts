import { InstanceNames, MetricSeries } from 'backstage-plugin-mlflow-common';

/**
 * Over which time a rate is taken. With a scrape each 30 s one may be missed, and
 * with one each minute two are still there.
 */
const WINDOW = '3m';

/** One chart of the page: what it shows and what Prometheus is asked for. */
export interface MetricQuery extends Omit<MetricSeries, 'points'> {
  query: string;
}

/**
 * Selects the series of one instance, and no others.
 *
 * @param matchers - labels that all series of the platform have besides
 * @returns for example `namespace="mlflow-x",service="mlflow-x"`
 */
export function instanceMatchers(
  { namespace, release }: Pick<InstanceNames, 'namespace' | 'release'>,
  matchers: Record<string, string>,
): string {
  return Object.entries({ ...matchers, namespace, service: release })
    .map(([label, value]) => `${label}=${quoted(value)}`)
    .join(',');
}

/** What is asked for to see whether Prometheus reaches the instance at all. */
export function targetQuery(instance: string): string {
  return `up{${instance}}`;
}

/**
 * Requests a second, share of answers with 5xx, and latency at the 95th
 * percentile, from what `prometheus-flask-exporter` counts in both lines. Where
 * nobody asks, there is neither a share nor a latency.
 */
export function metricQueries(instance: string): MetricQuery[] {
  const rate = (status = '') =>
    `sum(rate(mlflow_http_request_total{${instance}${status}}[${WINDOW}]))`;
  const all = rate();
  return [
    {
      name: 'requests',
      unit: 'perSecond',
      // A server that nobody has asked yet has no series, and is not unknown.
      query: `${all} or sum(up{${instance}} == 1) * 0`,
    },
    {
      name: 'errors',
      unit: 'share',
      // The series of a status is not there before its first answer.
      query: `(${rate(',status=~"5.."')} or ${all} * 0) / (${all} > 0)`,
    },
    {
      name: 'latency',
      unit: 'seconds',
      query: `histogram_quantile(0.95, sum by (le) (rate(mlflow_http_request_duration_seconds_bucket{${instance}}[${WINDOW}])))`,
    },
  ];
}

/** PromQL reads what JSON writes as the same text. */
function quoted(value: string): string {
  return JSON.stringify(value);
}
