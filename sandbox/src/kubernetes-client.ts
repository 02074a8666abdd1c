import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_IP, PORTS } from './addresses.ts';
import { SandboxError } from './errors.ts';
import { run } from './exec.ts';
import { http } from './http.ts';
import type { HttpResponse } from './http.ts';
import type { Context } from './part.ts';
import type { Paths } from './paths.ts';

/** A request to the API server as its administrator. */
export function kubeRequest(
  paths: Paths,
  method: string,
  path: string,
  content?: unknown,
): Promise<HttpResponse> {
  const read = (name: string) => readFileSync(join(paths.pki, name));
  return http({
    method,
    url: `https://${NODE_IP}:${PORTS.kubernetes}${path}`,
    headers:
      content === undefined ? {} : { 'content-type': 'application/json' },
    body: content === undefined ? undefined : JSON.stringify(content),
    ca: read('ca.crt'),
    cert: read('admin.crt'),
    key: read('admin.key'),
    timeoutMs: 5_000,
  });
}

/** An object of the API; undefined when it or the API server is not there. */
export async function kubeGet<T>(
  paths: Paths,
  path: string,
): Promise<T | undefined> {
  try {
    const { status, body } = await kubeRequest(paths, 'GET', path);
    return status === 200 ? JSON.parse(body.toString()) : undefined;
  } catch {
    return undefined;
  }
}

/** Applies manifests (YAML or JSON documents) on the server's side. */
export function kubeApply(
  { paths, signal }: Context,
  hyperkube: string,
  manifests: string,
) {
  return run(
    [
      hyperkube,
      'kubectl',
      `--kubeconfig=${paths.kubeconfig}`,
      'apply',
      '--server-side',
      '--force-conflicts',
      '--field-manager=mlflow-sandbox',
      '-f',
      '-',
    ],
    { signal, input: manifests, capture: true },
  );
}

/**
 * A token of a ServiceAccount, good for ten years.
 *
 * @throws SandboxError when the API server gives none.
 */
export async function requestToken(
  paths: Paths,
  namespace: string,
  name: string,
): Promise<string> {
  const { status, body } = await kubeRequest(
    paths,
    'POST',
    `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { expirationSeconds: 10 * 365 * 24 * 3600 },
    },
  );
  if (status !== 201)
    throw new SandboxError(
      `Kubernetes gave no token for ${namespace}/${name} (${status})`,
    );
  return JSON.parse(body.toString()).status.token;
}

/** Whether the API server still knows this token. */
export async function tokenIsGood(
  paths: Paths,
  token: string,
): Promise<boolean> {
  const { status, body } = await kubeRequest(
    paths,
    'POST',
    '/apis/authentication.k8s.io/v1/tokenreviews',
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenReview',
      spec: { token },
    },
  );
  return (
    status === 201 && JSON.parse(body.toString()).status.authenticated === true
  );
}
