import { metaLabel } from './scrape-targets.ts';
import type { YamlValue } from './yaml.ts';

/** A relabeling of a ServiceMonitor. */
interface Relabeling {
  action?: string;
  sourceLabels?: string[];
  separator?: string;
  regex?: string;
  targetLabel?: string;
  replacement?: string;
}

/** What this stand-in for the Prometheus Operator takes from an endpoint. */
interface Endpoint {
  port?: string;
  path?: string;
  interval?: string;
  scrapeTimeout?: string;
  relabelings?: Relabeling[];
}

/** What it takes from a ServiceMonitor. */
export interface ServiceMonitor {
  metadata: { name: string; namespace: string };
  spec: {
    selector: { matchLabels?: Record<string, string> };
    namespaceSelector?: { matchNames?: string[] };
    endpoints: Endpoint[];
  };
}

/** Namespaces whose Services a monitor may select. */
export const namespacesOf = ({ metadata, spec }: ServiceMonitor): string[] =>
  spec.namespaceSelector?.matchNames ?? [metadata.namespace];

const KNOWN = {
  spec: ['selector', 'namespaceSelector', 'endpoints'],
  selector: ['matchLabels'],
  namespaceSelector: ['matchNames'],
  endpoint: ['port', 'path', 'interval', 'scrapeTimeout', 'relabelings'],
};

/**
 * Fields that this stand-in would have to leave out; a monitor with one of them
 * is refused rather than scraped in another way than it says.
 */
export function unknownFields({ spec }: ServiceMonitor): string[] {
  const unknown = (where: string, value: object, known: string[]) =>
    Object.keys(value)
      .filter(key => !known.includes(key))
      .map(key => `${where}${key}`);
  return [
    ...unknown('', spec, KNOWN.spec),
    ...unknown('selector.', spec.selector, KNOWN.selector),
    ...unknown(
      'namespaceSelector.',
      spec.namespaceSelector ?? {},
      KNOWN.namespaceSelector,
    ),
    ...spec.endpoints.flatMap(endpoint =>
      unknown('endpoints.', endpoint, KNOWN.endpoint),
    ),
  ];
}

/** A text as a regular expression of RE2. */
const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Labels of each target, as the operator sets them. */
const STANDARD: [source: string, target: string][] = [
  ['__meta_kubernetes_namespace', 'namespace'],
  ['__meta_kubernetes_service_name', 'service'],
  ['__meta_kubernetes_pod_name', 'pod'],
  ['__meta_kubernetes_service_name', 'job'],
  ['__meta_kubernetes_endpoint_port_name', 'endpoint'],
];

function relabelConfig(relabeling: Relabeling): YamlValue {
  const { action, sourceLabels, separator, regex, targetLabel, replacement } =
    relabeling;
  return {
    ...(action && { action }),
    ...(sourceLabels && { source_labels: sourceLabels }),
    ...(separator !== undefined && { separator }),
    ...(regex !== undefined && { regex }),
    ...(targetLabel && { target_label: targetLabel }),
    ...(replacement !== undefined && { replacement }),
  };
}

function scrapeConfig(
  monitor: ServiceMonitor,
  endpoint: Endpoint,
  index: number,
  fileOf: (namespace: string) => string,
): YamlValue {
  const { metadata, spec } = monitor;
  const { namespace, name } = metadata;
  const selected = Object.entries(spec.selector.matchLabels ?? {}).map(
    ([label, value]): YamlValue => ({
      action: 'keep',
      source_labels: [
        `__meta_kubernetes_service_label_${metaLabel(label)}`,
        `__meta_kubernetes_service_labelpresent_${metaLabel(label)}`,
      ],
      regex: `(${literal(value)});true`,
    }),
  );
  return {
    job_name: `serviceMonitor/${namespace}/${name}/${index}`,
    metrics_path: endpoint.path ?? '/metrics',
    ...(endpoint.interval && { scrape_interval: endpoint.interval }),
    ...(endpoint.scrapeTimeout && { scrape_timeout: endpoint.scrapeTimeout }),
    file_sd_configs: [{ files: namespacesOf(monitor).map(fileOf) }],
    relabel_configs: [
      ...selected,
      {
        action: 'keep',
        source_labels: ['__meta_kubernetes_endpoint_port_name'],
        regex: literal(endpoint.port ?? ''),
      },
      ...STANDARD.map(([source, target]) => ({
        source_labels: [source],
        target_label: target,
      })),
      ...(endpoint.relabelings ?? []).map(relabelConfig),
    ],
  };
}

/**
 * The config of a Prometheus that scrapes what these ServiceMonitors say.
 *
 * @param fileOf - where the targets of a namespace are listed
 */
export function prometheusConfig(
  monitors: ServiceMonitor[],
  fileOf: (namespace: string) => string,
): YamlValue {
  return {
    global: { scrape_interval: '30s' },
    scrape_configs: monitors
      .filter(monitor => unknownFields(monitor).length === 0)
      .flatMap(monitor =>
        monitor.spec.endpoints.map((endpoint, index) =>
          scrapeConfig(monitor, endpoint, index, fileOf),
        ),
      ),
  };
}
