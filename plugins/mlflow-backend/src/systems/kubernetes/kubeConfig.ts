import { KubeConfig } from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';
import { PlatformConfig } from '../../platform/config';

/**
 * How to reach the cluster: by the portal's own pod, by a kubeconfig, or by
 * server, CA and token.
 */
export function loadKubeConfig(
  config: PlatformConfig['kubernetes'],
): KubeConfig {
  const kubeConfig = new KubeConfig();
  if (config.inCluster) {
    kubeConfig.loadFromCluster();
  } else if (config.kubeconfig) {
    kubeConfig.loadFromFile(config.kubeconfig);
    if (config.context) {
      kubeConfig.setCurrentContext(config.context);
    }
  } else if (config.server && config.token) {
    kubeConfig.loadFromOptions({
      clusters: [
        {
          name: 'platform',
          server: config.server,
          caData: config.ca
            ? Buffer.from(config.ca).toString('base64')
            : undefined,
        },
      ],
      users: [{ name: 'portal', token: config.token }],
      contexts: [{ name: 'platform', cluster: 'platform', user: 'portal' }],
      currentContext: 'platform',
    });
  } else {
    throw new InputError(
      'Kubernetes: say how to reach the cluster: inCluster, kubeconfig, or server and token.',
    );
  }
  return kubeConfig;
}
