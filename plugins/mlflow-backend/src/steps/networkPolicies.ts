import {
  V1NetworkPolicy,
  V1NetworkPolicyPeer,
  V1NetworkPolicyPort,
} from '@kubernetes/client-node';
import { PlatformConfig } from '../platform/config';
import { MLFLOW_PORT } from '../releases/Release';
import { markedMetadata } from '../systems/kubernetes/marks';
import { EgressTarget, egressTargets } from './egressTargets';
import { Instance } from './Step';

const DENY = 'mlflow-default-deny';
const INGRESS = 'mlflow-ingress';

/** Name of the policy that says where pods may connect to. */
export const EGRESS_POLICY = 'mlflow-egress';

/** Names of all that {@link networkPolicies} can give. */
export const NETWORK_POLICY_NAMES = [DENY, INGRESS, EGRESS_POLICY];

/** Label that Kubernetes itself puts on each namespace. */
const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/**
 * Who may speak to the pods of an instance, and to whom they may speak; empty
 * where the platform turns it off. A cluster whose network does not enforce
 * policies stores them and does nothing.
 */
export function networkPolicies(
  instance: Instance,
  config: PlatformConfig,
): V1NetworkPolicy[] {
  if (!config.networkPolicy.enabled) {
    return [];
  }
  const policy = (
    name: string,
    spec: V1NetworkPolicy['spec'],
  ): V1NetworkPolicy => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: markedMetadata(instance, name, instance.names.namespace),
    spec,
  });
  return [
    policy(DENY, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
    policy(INGRESS, {
      podSelector: {
        matchLabels: { 'app.kubernetes.io/instance': instance.names.release },
      },
      policyTypes: ['Ingress'],
      ingress: [
        { _from: callers(instance, config), ports: [port(MLFLOW_PORT)] },
      ],
    }),
    policy(EGRESS_POLICY, {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        // Wherever the cluster's DNS runs: in a pod, on the node, link-local.
        { ports: [port(53, 'UDP'), port(53, 'TCP')] },
        ...egressTargets(config).map(({ target, ports }) => ({
          ...(target.kind === 'anywhere' ? {} : { to: [peer(target)] }),
          ...(ports.length > 0 && { ports: ports.map(p => port(p)) }),
        })),
      ],
    }),
  ];
}

/** Pods of the namespace itself, too: Jobs may ask the server. */
function callers(
  { spec }: Instance,
  { networkPolicy, monitoring }: PlatformConfig,
): V1NetworkPolicyPeer[] {
  const namespaces = new Set([
    ...networkPolicy.ingressNamespaces,
    ...(spec.metrics
      ? networkPolicy.monitoringNamespaces ?? [
          monitoring.namespace ?? 'monitoring',
        ]
      : []),
    ...networkPolicy.clientNamespaces,
  ]);
  return [
    { podSelector: {} },
    ...[...namespaces].map(name => peer({ kind: 'namespace', name })),
    ...networkPolicy.ingressCidrs.map(cidr => peer({ kind: 'cidr', cidr })),
  ];
}

function peer(
  target: Exclude<EgressTarget['target'], { kind: 'anywhere' }>,
): V1NetworkPolicyPeer {
  return target.kind === 'cidr'
    ? { ipBlock: { cidr: target.cidr } }
    : {
        namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: target.name } },
      };
}

function port(number: number, protocol = 'TCP'): V1NetworkPolicyPort {
  return { port: number, protocol };
}
