import http, { RequestListener } from 'node:http';
import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';

const CORE = [
  { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
  { name: 'serviceaccounts', kind: 'ServiceAccount', namespaced: true },
];

/**
 * Answers in place of an API server, for what the real one cannot be made to
 * say: silence, and a refusal of a watch alone.
 */
export async function fakeApiServer(
  answer: RequestListener,
  options: { timeoutMs?: number } = {},
): Promise<{ kubernetes: KubernetesClient; close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    if (request.url === '/api/v1') {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ kind: 'APIResourceList', resources: CORE }),
      );
    } else {
      answer(request, response);
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') {
    throw new Error('The server does not listen.');
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [
      {
        name: 'fake',
        server: `http://127.0.0.1:${address.port}`,
        skipTLSVerify: true,
      },
    ],
    users: [{ name: 'portal' }],
    contexts: [{ name: 'fake', cluster: 'fake', user: 'portal' }],
    currentContext: 'fake',
  });
  return {
    kubernetes: new KubernetesClient(kubeConfig, options),
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
