import { metricsServiceMock } from '@backstage/backend-test-utils/alpha';
import { MetricsServiceObservableCallback } from '@backstage/backend-plugin-api/alpha';
import { NOW, TestSource, testRecord } from '../__testUtils__/instances';
import { HealthMetrics } from './HealthMetrics';
import { StepMetrics } from './StepMetrics';
import { lagOf, observeWatchLag } from './watchLag';

/** A metrics service that keeps what is measured: instrument, value, labels. */
function recorder() {
  const seen: [string, number, object | undefined][] = [];
  const callbacks: MetricsServiceObservableCallback[] = [];
  const keep = (name: string) => (value: number, labels?: object) =>
    void seen.push([
      name.replace('backstage.plugin.mlflow.', ''),
      value,
      labels,
    ]);
  const metrics = metricsServiceMock.mock({
    createCounter: name => ({ add: keep(name) }),
    createHistogram: name => ({ record: keep(name) }),
    createObservableGauge: name => ({
      addCallback: callback => {
        callbacks.push(() => callback({ observe: keep(name) }));
      },
      removeCallback: () => undefined,
    }),
  });
  return {
    metrics,
    seen,
    collect: () =>
      callbacks.forEach(callback => callback({ observe: () => undefined })),
  };
}

it('counts probes and findings, without the name of an instance', () => {
  const { metrics, seen } = recorder();
  const health = new HealthMetrics(metrics);
  health.probe('login', true, 0.2);
  health.probe('login', false, 3);
  health.finding('redirect-uri-mismatch');

  expect(seen).toEqual([
    ['probes', 1, { probe: 'login', outcome: 'passed' }],
    ['probe_duration', 0.2, { probe: 'login' }],
    ['probes', 1, { probe: 'login', outcome: 'failed' }],
    ['probe_duration', 3, { probe: 'login' }],
    ['findings', 1, { cause: 'redirect-uri-mismatch' }],
  ]);
});

it('measures steps by their end', () => {
  const { metrics, seen } = recorder();
  new StepMetrics(metrics).step('mlflow:database:ensure', 'failed', 1.5);

  expect(seen).toEqual([
    [
      'step_duration',
      1.5,
      { step: 'mlflow:database:ensure', outcome: 'failed' },
    ],
  ]);
});

it.each([
  ['now', NOW, 0],
  ['a minute ago', new Date(NOW.getTime() - 60_000), 60],
  ['by a clock that is ahead', new Date(NOW.getTime() + 60_000), 0],
  ['never', undefined, undefined],
])('knows the age of what was right %s', (_, rightAt, lag) => {
  expect(lagOf({ rightAt }, NOW)).toBe(lag);
});

it('tells the lag of each platform that was listed', () => {
  const { metrics, seen, collect } = recorder();
  const listed = new TestSource('lab').listed(testRecord());
  const silent = new TestSource('far');
  observeWatchLag(metrics, { list: () => [listed, silent] });
  expect(seen).toEqual([]);

  collect();
  expect(seen).toEqual([
    ['status_lag', expect.any(Number), { platform: 'lab' }],
  ]);
});
