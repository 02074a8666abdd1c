import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { sandboxStateFolder } from './sandbox';

/**
 * The sandbox's API server as the admin of the cluster, for what the portal
 * itself may not do: to play somebody else. `MLFLOW_TEST_KUBECONFIG` names
 * another cluster's.
 */
export function clusterAdmin(): KubernetesClient {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(
    process.env.MLFLOW_TEST_KUBECONFIG ??
      path.join(sandboxStateFolder(), 'pki', 'admin.conf'),
  );
  return new KubernetesClient(kubeConfig);
}
