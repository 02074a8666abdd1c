import { targetGroups } from './scrape-targets.ts';

const service = {
  metadata: {
    name: 'mlflow-x',
    labels: { 'app.kubernetes.io/name': 'mlflow' },
  },
};
const pod = (name: string, ip: string) => ({
  ip,
  nodeName: 'node',
  targetRef: { kind: 'Pod', name },
});
const endpoints = {
  metadata: { name: 'mlflow-x' },
  subsets: [
    {
      addresses: [pod('a', '10.0.0.1')],
      notReadyAddresses: [pod('b', '10.0.0.2')],
      ports: [{ name: 'http', port: 5000 }],
    },
  ],
};

it('gives each pod of a Service, ready or not, as Prometheus would find it', () => {
  const found = targetGroups('mlflow-x', [service], [endpoints]);

  expect(found.map(({ targets }) => targets)).toEqual([
    ['10.0.0.1:5000'],
    ['10.0.0.2:5000'],
  ]);
  expect(found[0].labels).toEqual({
    __meta_kubernetes_namespace: 'mlflow-x',
    __meta_kubernetes_service_name: 'mlflow-x',
    __meta_kubernetes_service_label_app_kubernetes_io_name: 'mlflow',
    __meta_kubernetes_service_labelpresent_app_kubernetes_io_name: 'true',
    __meta_kubernetes_endpoint_node_name: 'node',
    __meta_kubernetes_endpoint_port_name: 'http',
    __meta_kubernetes_pod_name: 'a',
    __meta_kubernetes_pod_ip: '10.0.0.1',
  });
});

it.each([
  ['a Service without endpoints', [service], []],
  [
    'endpoints without addresses',
    [service],
    [{ metadata: { name: 'mlflow-x' } }],
  ],
  ['endpoints of no Service', [], [endpoints]],
])('gives nothing of %s', (_, services, found) => {
  expect(targetGroups('mlflow-x', services, found)).toEqual([]);
});
