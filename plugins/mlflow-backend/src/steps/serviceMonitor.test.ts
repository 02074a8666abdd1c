import { testInstance } from '../__testUtils__/instance';
import { testPlatformConfig } from '../__testUtils__/platformConfig';
import { allowedHosts } from '../releases/values';
import { serviceMonitor } from './serviceMonitor';

const config = testPlatformConfig();
const instance = testInstance({ name: 'x', metrics: true });
const several = testInstance({ name: 'x', metrics: true, replicas: 3 });

it('is for instances alone that ask for metrics', () => {
  expect(
    serviceMonitor(testInstance({ name: 'x', metrics: false }), config),
  ).toEqual([]);
});

it('bears the mark of the instance, and the labels by which it is found', () => {
  const [{ metadata }] = serviceMonitor(instance, {
    monitoring: { namespace: 'watch', labels: { release: 'prometheus' } },
  });

  expect(metadata).toMatchObject({
    name: 'mlflow-x-metrics',
    namespace: 'watch',
    labels: { release: 'prometheus', 'mlflow.org/instance': 'x' },
    annotations: { 'mlflow.org/mark': instance.mark },
  });
});

it('leads to the one server by the name of its Service', () => {
  const [{ metadata, spec }] = serviceMonitor(instance, config);

  expect(metadata?.namespace).toBe('mlflow-x');
  expect(spec).toMatchObject({
    namespaceSelector: { matchNames: ['mlflow-x'] },
    selector: {
      matchLabels: {
        'app.kubernetes.io/name': 'mlflow',
        'app.kubernetes.io/instance': 'mlflow-x',
      },
    },
  });
  expect(spec.endpoints).toEqual([
    {
      port: 'http',
      path: '/metrics',
      interval: '30s',
      scrapeTimeout: '10s',
      relabelings: [
        {
          action: 'replace',
          targetLabel: '__address__',
          replacement: 'mlflow-x.mlflow-x.svc:5000',
        },
        { action: 'labeldrop', regex: 'pod|container|node' },
      ],
    },
  ]);
  expect(allowedHosts(instance)).toContain('mlflow-x.mlflow-x.svc:5000');
});

it('leads to each of several servers by its own name', () => {
  const [{ spec }] = serviceMonitor(several, config);
  const [{ regex = '', replacement = '' }] = spec.endpoints[0].relabelings;
  const address = '10.244.0.7'.replace(
    new RegExp(`^(?:${regex})$`),
    replacement,
  );

  expect(address).toBe('10-244-0-7.mlflow-x.mlflow-x.svc:5000');
  expect(allowedHosts(several)).toContain('*.mlflow-x.mlflow-x.svc:5000');
});

it('opens no pattern of hosts where one name does', () => {
  for (const spec of [instance, testInstance({ name: 'x', replicas: 3 })]) {
    expect(allowedHosts(spec).filter(host => host.includes('*'))).toEqual([]);
  }
});
