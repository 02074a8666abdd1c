import { KubernetesObject } from '@kubernetes/client-node';
import { PlatformConfig } from '../platform/config';
import { MLFLOW_PORT } from '../releases/Release';
import { METRICS_PATH, serviceHost } from '../releases/values';
import { ObjectKey } from '../systems/kubernetes/KubernetesClient';
import { markedMetadata } from '../systems/kubernetes/marks';
import { Instance } from './Step';

/** Kind by which the Prometheus Operator is told what to scrape. */
export const SERVICE_MONITOR = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'ServiceMonitor',
} as const;

/** How often, and how long one scrape may take. */
const INTERVAL = '30s';
const TIMEOUT = '10s';

/** Name of the port of the chart's Service. */
const SERVICE_PORT = 'http';

interface Relabeling {
  action: 'replace' | 'labeldrop';
  sourceLabels?: string[];
  regex?: string;
  targetLabel?: string;
  replacement?: string;
}

interface ServiceMonitor extends KubernetesObject {
  spec: {
    selector: { matchLabels: Record<string, string> };
    namespaceSelector: { matchNames: string[] };
    endpoints: {
      port: string;
      path: string;
      interval: string;
      scrapeTimeout: string;
      relabelings: Relabeling[];
    }[];
  };
}

/** Which object is meant, whether an instance wants one or not. */
export function serviceMonitorKey(
  { names }: Instance,
  { monitoring }: Pick<PlatformConfig, 'monitoring'>,
): ObjectKey {
  return {
    ...SERVICE_MONITOR,
    // The chart's own one had the name of the release.
    name: `${names.release}-metrics`,
    namespace: monitoring.namespace ?? names.namespace,
  };
}

/**
 * What lets Prometheus scrape an instance that asks for it. The chart's own
 * ServiceMonitor leads to the addresses of pods, which MLflow refuses to answer
 * as a Host, and it takes no relabelings.
 */
export function serviceMonitor(
  instance: Instance,
  config: Pick<PlatformConfig, 'monitoring'>,
): ServiceMonitor[] {
  const { names, spec } = instance;
  if (!spec.metrics) {
    return [];
  }
  const { name, namespace } = serviceMonitorKey(instance, config);
  const metadata = markedMetadata(instance, name, namespace);
  return [
    {
      ...SERVICE_MONITOR,
      metadata: {
        ...metadata,
        labels: { ...config.monitoring.labels, ...metadata.labels },
      },
      spec: {
        selector: {
          matchLabels: {
            'app.kubernetes.io/name': 'mlflow',
            'app.kubernetes.io/instance': names.release,
          },
        },
        namespaceSelector: { matchNames: [names.namespace] },
        endpoints: [
          {
            port: SERVICE_PORT,
            path: METRICS_PATH,
            interval: INTERVAL,
            scrapeTimeout: TIMEOUT,
            relabelings: relabelings(instance),
          },
        ],
      },
    },
  ];
}

/**
 * Makes Prometheus call by a name that MLflow takes. One server is called by the
 * name of its Service, and by nothing that tells its pods apart, so that the old
 * and the new pod of a rollout are one target. Several servers count on their
 * own, so each is called by its own name below that of the Service, as CoreDNS
 * has it.
 */
function relabelings(instance: Instance): Relabeling[] {
  const service = `${serviceHost(instance)}:${MLFLOW_PORT}`;
  const address = { action: 'replace', targetLabel: '__address__' } as const;
  return instance.spec.replicas === 1
    ? [
        { ...address, replacement: service },
        { action: 'labeldrop', regex: 'pod|container|node' },
      ]
    : [
        {
          ...address,
          sourceLabels: ['__meta_kubernetes_pod_ip'],
          regex: '(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)',
          replacement: `$1-$2-$3-$4.${service}`,
        },
      ];
}
