import { instanceNames } from 'backstage-plugin-mlflow-common';
import { instanceMatchers, metricQueries, targetQuery } from './queries';

const churn = instanceNames('churn');

it.each([
  ['alone', {}, 'namespace="mlflow-churn",service="mlflow-churn"'],
  [
    'in one of several clusters',
    { cluster: 'prod' },
    'cluster="prod",namespace="mlflow-churn",service="mlflow-churn"',
  ],
  [
    'beside text that would end a matcher',
    { cluster: 'a"} or up{x="\\\n' },
    'cluster="a\\"} or up{x=\\"\\\\\\n",namespace="mlflow-churn",service="mlflow-churn"',
  ],
  [
    'whatever the platform says of its names',
    { namespace: '.*', service: '.*' },
    'namespace="mlflow-churn",service="mlflow-churn"',
  ],
])('selects an instance %s', (_, matchers, selected) => {
  expect(instanceMatchers(churn, matchers)).toBe(selected);
});

it('asks for one series each, of that instance alone', () => {
  const queries = metricQueries('service="x"');

  expect(queries.map(({ name, unit }) => [name, unit])).toEqual([
    ['requests', 'perSecond'],
    ['errors', 'share'],
    ['latency', 'seconds'],
  ]);
  expect(queries.map(({ query }) => query)).toEqual([
    'sum(rate(mlflow_http_request_total{service="x"}[3m])) or sum(up{service="x"} == 1) * 0',
    '(sum(rate(mlflow_http_request_total{service="x",status=~"5.."}[3m])) or sum(rate(mlflow_http_request_total{service="x"}[3m])) * 0) / (sum(rate(mlflow_http_request_total{service="x"}[3m])) > 0)',
    'histogram_quantile(0.95, sum by (le) (rate(mlflow_http_request_duration_seconds_bucket{service="x"}[3m])))',
  ]);
  expect(targetQuery('service="x"')).toBe('up{service="x"}');
});
