import http from 'node:http';
import { duplexPair } from 'node:stream';
import { KubeConfig, PortForward } from '@kubernetes/client-node';
import { ServiceUnavailableError } from '@backstage/errors';

/** An HTTP answer, its body read. */
export interface HttpAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/**
 * One HTTP request to a pod through the API server, as a client inside the
 * cluster would send it: with the `Host` header of one's choice.
 */
export async function requestThroughPod(
  kubeConfig: KubeConfig,
  target: { namespace: string; pod: string; port: number },
  request: {
    method?: string;
    path: string;
    host: string;
    headers?: Record<string, string>;
    body?: string;
  },
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const [local, remote] = duplexPair();
  const socket = await new PortForward(kubeConfig).portForward(
    target.namespace,
    target.pod,
    [target.port],
    remote,
    null,
    remote,
  );
  try {
    return await exchange(local, request, signal);
  } catch (error) {
    throw new ServiceUnavailableError(
      `MLflow: pod ${target.namespace}/${target.pod} did not answer ${request.path} on port ${target.port}.`,
      error,
    );
  } finally {
    local.destroy();
    (typeof socket === 'function' ? socket() : socket)?.close();
  }
}

function exchange(
  connection: ReturnType<typeof duplexPair>[0],
  request: Parameters<typeof requestThroughPod>[2],
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      {
        method: request.method ?? 'GET',
        path: request.path,
        headers: {
          ...request.headers,
          host: request.host,
          connection: 'close',
        },
        createConnection: () => connection,
        signal,
      },
      incoming => {
        const chunks: Buffer[] = [];
        incoming.on('data', chunk => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(request.body);
  });
}
