import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** A request to a part of the sandbox; TLS is always checked, against the CA given. */
export interface HttpRequest {
  method?: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  ca?: string | Buffer;
  cert?: string | Buffer;
  key?: string | Buffer;
  timeoutMs?: number;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** @throws the network's error; any status is an answer. */
export function http(options: HttpRequest): Promise<HttpResponse> {
  const send = options.url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      options.url,
      {
        method: options.method ?? 'GET',
        headers: options.headers,
        ca: options.ca,
        cert: options.cert,
        key: options.key,
        timeout: options.timeoutMs ?? 10_000,
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('timeout', () =>
      request.destroy(new Error(`no answer from ${options.url}`)),
    );
    request.on('error', reject);
    request.end(options.body);
  });
}

/** Whether an address answers with one of these statuses; a refused connection is a no. */
export async function answers(
  options: HttpRequest,
  statuses: number[] = [200],
): Promise<boolean> {
  try {
    const { status } = await http({ timeoutMs: 2_000, ...options });
    return statuses.includes(status);
  } catch {
    return false;
  }
}
