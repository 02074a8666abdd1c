/** What is taken from a Service. */
export interface Service {
  metadata: { name: string; labels?: Record<string, string> };
}

interface Address {
  ip: string;
  nodeName?: string;
  targetRef?: { kind?: string; name?: string };
}

/** What is taken from Endpoints, which bear the name of their Service. */
export interface Endpoints {
  metadata: { name: string };
  subsets?: {
    addresses?: Address[];
    notReadyAddresses?: Address[];
    ports?: { name?: string; port: number }[];
  }[];
}

/** Targets as Prometheus reads them from a file. */
export interface TargetGroup {
  targets: string[];
  labels: Record<string, string>;
}

/** Name of the label that Prometheus makes of one of Kubernetes. */
export const metaLabel = (label: string) =>
  label.replace(/[^a-zA-Z0-9_]/g, '_');

function serviceLabels(namespace: string, { metadata }: Service) {
  return {
    __meta_kubernetes_namespace: namespace,
    __meta_kubernetes_service_name: metadata.name,
    ...Object.fromEntries(
      Object.entries(metadata.labels ?? {}).flatMap(([label, value]) => [
        [`__meta_kubernetes_service_label_${metaLabel(label)}`, value],
        [`__meta_kubernetes_service_labelpresent_${metaLabel(label)}`, 'true'],
      ]),
    ),
  };
}

function addressLabels({ ip, nodeName, targetRef }: Address) {
  return {
    ...(nodeName && { __meta_kubernetes_endpoint_node_name: nodeName }),
    ...(targetRef?.kind === 'Pod' && {
      __meta_kubernetes_pod_name: targetRef.name ?? '',
      __meta_kubernetes_pod_ip: ip,
    }),
  };
}

/**
 * Every address and port of a namespace's Services, with the labels that
 * Prometheus's own discovery of endpoints gives them.
 */
export function targetGroups(
  namespace: string,
  services: Service[],
  endpoints: Endpoints[],
): TargetGroup[] {
  return services.flatMap(service => {
    const of = serviceLabels(namespace, service);
    const subsets = endpoints
      .filter(({ metadata }) => metadata.name === service.metadata.name)
      .flatMap(found => found.subsets ?? []);
    return subsets.flatMap(({ addresses, notReadyAddresses, ports }) =>
      [...(addresses ?? []), ...(notReadyAddresses ?? [])].flatMap(address =>
        (ports ?? []).map(({ name, port }) => ({
          targets: [`${address.ip}:${port}`],
          labels: {
            ...of,
            ...addressLabels(address),
            __meta_kubernetes_endpoint_port_name: name ?? '',
          },
        })),
      ),
    );
  });
}
