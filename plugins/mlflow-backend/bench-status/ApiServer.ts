import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { kubernetesTools } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import { SandboxError } from '@internal/mlflow-sandbox/src/errors.ts';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import { answers } from '@internal/mlflow-sandbox/src/http.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import type { Paths } from '@internal/mlflow-sandbox/src/paths.ts';
import { kubernetesRights } from '@internal/mlflow-sandbox/src/portal-setup.ts';
import {
  keepRunning,
  stopProcess,
  waitUntil,
} from '@internal/mlflow-sandbox/src/processes.ts';

const HOST = '127.0.0.1';
const PORT = 16443;
const ETCD = `http://${HOST}:12379`;
const ETCD_PEER = `http://${HOST}:12380`;
const PROCESSES = ['bench-etcd', 'bench-kube-apiserver'];
const NAMESPACE = 'backstage-mlflow';

const read = ({ pki }: Paths, name: string) =>
  readFileSync(join(pki, name), 'utf8');

/**
 * The sandbox's API server once more, with an etcd of its own. A thousand
 * namespaces would keep the controllers of the sandbox busy for minutes, and
 * here nobody else's requests are counted.
 */
export class ApiServer {
  readonly #context: Context;
  readonly #agent: Agent;

  constructor(context: Context) {
    const { paths } = context;
    this.#context = context;
    this.#agent = new Agent({
      keepAlive: true,
      maxSockets: 20,
      ca: read(paths, 'ca.crt'),
      cert: read(paths, 'admin.crt'),
      key: read(paths, 'admin.key'),
    });
  }

  get url(): string {
    return `https://${HOST}:${PORT}`;
  }

  get #folder(): string {
    return join(this.#context.paths.state, 'bench', 'status');
  }

  /** Starts it empty, with the portal's account and the rights that are shipped. */
  async start(): Promise<void> {
    await this.stop();
    mkdirSync(join(this.#folder, 'etcd'), { recursive: true, mode: 0o700 });
    const { paths } = this.#context;
    const hyperkube = join(kubernetesTools(paths), 'hyperkube');
    await keepRunning(this.#context, this.#etcd(hyperkube));
    await waitUntil(this.#context, 'etcd', ['bench-etcd'], () =>
      answers({ url: `${ETCD}/health` }),
    );
    await keepRunning(this.#context, this.#apiServer(hyperkube));
    await waitUntil(this.#context, 'API server', PROCESSES, async () => {
      const answer = await this.call('GET', '/readyz').catch(() => undefined);
      return answer?.status === 200;
    });
    await run(
      [
        hyperkube,
        'kubectl',
        `--server=${this.url}`,
        '--kubeconfig',
        paths.kubeconfig,
        'apply',
        '--server-side',
        '-f',
        '-',
      ],
      {
        signal: this.#context.signal,
        input: kubernetesRights(paths),
        capture: true,
      },
    );
  }

  /** Ends it and removes all that it kept, also what a killed bench left. */
  async stop(): Promise<void> {
    const { paths } = this.#context;
    for (const name of [...PROCESSES].reverse()) {
      await stopProcess(paths, name, { graceMs: 5_000 });
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** One request as the administrator. */
  call(
    method: string,
    path: string,
    content?: unknown,
    type = 'application/json',
  ): Promise<{ status: number; text: string }> {
    return new Promise((resolve, reject) => {
      const asked = request(
        `${this.url}${path}`,
        {
          method,
          agent: this.#agent,
          headers: content === undefined ? {} : { 'content-type': type },
          timeout: 30_000,
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      asked.on('error', reject);
      asked.on('timeout', () => asked.destroy(new Error(`${path} is silent`)));
      asked.end(content === undefined ? undefined : JSON.stringify(content));
    });
  }

  /** @throws SandboxError when the answer is no success */
  async write(
    method: string,
    path: string,
    content: unknown,
    type?: string,
  ): Promise<string> {
    this.#context.signal.throwIfAborted();
    const { status, text } = await this.call(method, path, content, type);
    if (status >= 300) {
      throw new SandboxError(`${method} ${path}: ${status} ${text}`);
    }
    return text;
  }

  /** A token of the portal's account. */
  async token(): Promise<string> {
    const answer = await this.write(
      'POST',
      `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/backstage-mlflow/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 7200 },
      },
    );
    return JSON.parse(answer).status.token;
  }

  #etcd(hyperkube: string) {
    return {
      name: 'bench-etcd',
      argv: [
        hyperkube,
        'etcd',
        '--data-dir',
        join(this.#folder, 'etcd'),
        '--listen-client-urls',
        ETCD,
        '--advertise-client-urls',
        ETCD,
        '--listen-peer-urls',
        ETCD_PEER,
        '--initial-advertise-peer-urls',
        ETCD_PEER,
        '--initial-cluster',
        `default=${ETCD_PEER}`,
        '--unsafe-no-fsync',
        '--log-level',
        'warn',
      ],
    };
  }

  #apiServer(hyperkube: string) {
    const { pki } = this.#context.paths;
    return {
      name: 'bench-kube-apiserver',
      argv: [
        hyperkube,
        'kube-apiserver',
        '--etcd-servers',
        ETCD,
        '--bind-address',
        HOST,
        '--advertise-address',
        HOST,
        '--secure-port',
        String(PORT),
        '--service-cluster-ip-range',
        '10.97.0.0/16',
        '--authorization-mode',
        'RBAC',
        '--tls-cert-file',
        join(pki, 'apiserver.crt'),
        '--tls-private-key-file',
        join(pki, 'apiserver.key'),
        '--client-ca-file',
        join(pki, 'ca.crt'),
        '--service-account-issuer',
        'https://kubernetes.default.svc',
        '--service-account-key-file',
        join(pki, 'sa.pub'),
        '--service-account-signing-key-file',
        join(pki, 'sa.key'),
        '--endpoint-reconciler-type',
        'none',
        '--profiling=false',
      ],
    };
  }
}
