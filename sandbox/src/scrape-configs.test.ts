import { prometheusConfig, unknownFields } from './scrape-configs.ts';
import type { ServiceMonitor } from './scrape-configs.ts';

const fileOf = (namespace: string) => `/targets/${namespace}.json`;

const monitor: ServiceMonitor = {
  metadata: { name: 'mlflow-x-metrics', namespace: 'mlflow-x' },
  spec: {
    selector: { matchLabels: { 'app.kubernetes.io/instance': 'mlflow.x' } },
    namespaceSelector: { matchNames: ['mlflow-x'] },
    endpoints: [
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
        ],
      },
    ],
  },
};

it('scrapes the endpoints of the selected Service, at the address that the monitor gives', () => {
  expect(prometheusConfig([monitor], fileOf)).toEqual({
    global: { scrape_interval: '30s' },
    scrape_configs: [
      {
        job_name: 'serviceMonitor/mlflow-x/mlflow-x-metrics/0',
        metrics_path: '/metrics',
        scrape_interval: '30s',
        scrape_timeout: '10s',
        file_sd_configs: [{ files: ['/targets/mlflow-x.json'] }],
        relabel_configs: expect.arrayContaining([
          {
            action: 'keep',
            source_labels: [
              '__meta_kubernetes_service_label_app_kubernetes_io_instance',
              '__meta_kubernetes_service_labelpresent_app_kubernetes_io_instance',
            ],
            regex: '(mlflow\\.x);true',
          },
          {
            action: 'keep',
            source_labels: ['__meta_kubernetes_endpoint_port_name'],
            regex: 'http',
          },
          {
            source_labels: ['__meta_kubernetes_namespace'],
            target_label: 'namespace',
          },
          {
            action: 'replace',
            target_label: '__address__',
            replacement: 'mlflow-x.mlflow-x.svc:5000',
          },
        ]),
      },
    ],
  });
});

it('looks in the own namespace of a monitor that names none', () => {
  const { namespaceSelector: _, ...spec } = monitor.spec;

  expect(
    JSON.stringify(prometheusConfig([{ ...monitor, spec }], fileOf)),
  ).toContain('"files":["/targets/mlflow-x.json"]');
});

it('refuses a monitor with a field that it would leave out', () => {
  const strange = {
    ...monitor,
    spec: { ...monitor.spec, sampleLimit: 5 },
  };

  expect(unknownFields(monitor)).toEqual([]);
  expect(unknownFields(strange)).toEqual(['sampleLimit']);
  expect(prometheusConfig([strange], fileOf)).toMatchObject({
    scrape_configs: [],
  });
});
