import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import {
  AUTH_HOST,
  NODE_IP,
  PORTS,
} from '@internal/mlflow-sandbox/src/addresses.ts';
import type { SecretProvider } from '@internal/mlflow-sandbox/src/demo/portal.ts';
import { ensureCertificate } from '@internal/mlflow-sandbox/src/pki.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import {
  dockerMutation,
  KeycloakNames,
  kubernetesMutation,
  mlflowMutation,
  objectStoreMutation,
  registryMutation,
} from '../proxies/httpMutations.ts';
import { startHttpProxy } from '../proxies/HttpProxy.ts';
import type { Proxy } from '../proxies/listen.ts';
import { startPostgresProxy } from '../proxies/PostgresProxy.ts';
import { Recorder } from '../proxies/Recorder.ts';
import { Backend } from './Backend.ts';
import { laneConfig } from './laneConfig.ts';
import type { SignInClient } from './signInClient.ts';

/** Folder of the harness in the sandbox's state. */
const faultsFolder = ({ paths }: Pick<Context, 'paths'>) =>
  join(paths.state, 'faults');

/** Where a lane listens: an address of loopback and a port of its own. */
export const laneAddress = (lane: number) => ({
  host: `127.0.7.${lane}`,
  port: 7100 + lane,
});

/** Host of an instance of the sandbox. */
const hostOf = (instance: string) => `mlflow-${instance}.localhost`;

/**
 * A backend of its own, and between it and every outside system a proxy. Lanes
 * share the systems and nothing else, so points are tried side by side.
 */
export class Lane {
  readonly number: number;
  readonly recorder = new Recorder();
  readonly backend: Backend;
  readonly #context: Context;
  readonly #folder: string;
  readonly #host: string;
  readonly #proxies: Proxy[] = [];

  constructor(
    context: Context,
    options: {
      lane: number;
      bundle: string;
      signIn: SignInClient;
      secrets: SecretProvider;
    },
  ) {
    this.number = options.lane;
    this.#context = context;
    this.#folder = join(faultsFolder(context), `lane${options.lane}`);
    const { host, port } = laneAddress(options.lane);
    this.#host = host;
    this.backend = new Backend({
      context,
      port,
      folder: this.#folder,
      bundle: options.bundle,
      hostsFile: join(this.#folder, 'hosts'),
      database: `faults_${options.lane}_`,
      config: laneConfig({
        host,
        port,
        dockerSocket: this.#dockerSocket,
        databasePrefix: `faults_${options.lane}_`,
        signIn: options.signIn,
        secrets: options.secrets,
      }),
    });
  }

  get #dockerSocket(): string {
    return join(this.#folder, 'docker.sock');
  }

  /** What a backend that was killed has left of helm's folders. */
  leftovers(): string[] {
    return readdirSync(this.backend.tempFolder).filter(name =>
      name.startsWith('backstage-mlflow-'),
    );
  }

  /** Starts the proxies and the backend, with empty databases. */
  async start(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(join(this.#folder, 'tmp'), { recursive: true, mode: 0o700 });
    await this.serve('');
    await this.#startProxies();
    await this.backend.dropDatabases();
    await this.backend.start();
  }

  /** Ends all of it and removes what it made. */
  async stop(): Promise<void> {
    this.recorder.release();
    await this.backend.kill();
    for (const proxy of this.#proxies) await proxy.close();
    await this.backend.dropDatabases();
    for (const ca of ['ingress', 'kubernetes']) {
      rmSync(join(this.#folder, ca), { recursive: true, force: true });
    }
  }

  /**
   * Lets the backend, and nobody else, find an instance's host at the proxy,
   * and begins to record.
   */
  async serve(instance: string): Promise<void> {
    this.recorder.begin(instance);
    for (const name of this.leftovers()) {
      rmSync(join(this.backend.tempFolder, name), { recursive: true });
    }
    const hosts = [AUTH_HOST, ...(instance ? [hostOf(instance)] : [])];
    const lines = hosts.map(name => `${this.#host} ${name}`);
    // In place, since the backend has this very file as its /etc/hosts.
    writeFileSync(
      join(this.#folder, 'hosts'),
      ['127.0.0.1 localhost', ...lines, ''].join('\n'),
    );
    for (const name of hosts) {
      await this.#certify('ingress', name, [`DNS:${name}`]);
    }
  }

  async #certify(ca: 'ingress' | 'kubernetes', name: string, san: string[]) {
    const { paths } = this.#context;
    const folder = join(this.#folder, ca);
    const source = ca === 'ingress' ? paths.tls : paths.pki;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const file of ['ca.crt', 'ca.key']) {
      copyFileSync(join(source, file), join(folder, file));
    }
    await ensureCertificate(this.#context, folder, {
      name,
      subject: `/CN=${name}`,
      usage: 'serverAuth',
      san,
    });
    return this.#certificate(ca, name);
  }

  #contextFor(
    name: string,
    done: (error: Error | null, context?: tls.SecureContext) => void,
  ): void {
    try {
      done(null, tls.createSecureContext(this.#certificate('ingress', name)));
    } catch {
      done(new Error(`The harness serves no ${name}.`));
    }
  }

  #certificate(ca: 'ingress' | 'kubernetes', name: string) {
    const read = (ending: string) =>
      readFileSync(join(this.#folder, ca, `${name}.${ending}`));
    return { cert: read('crt'), key: read('key') };
  }

  async #startProxies(): Promise<void> {
    const { paths } = this.#context;
    const { recorder } = this;
    const host = this.#host;
    const ca = readFileSync(paths.caCert);
    const keycloak = new KeycloakNames();
    const address = (port: number) => ({ host, port });
    const own = [`IP:${host}`];
    this.#proxies.push(
      await startHttpProxy({
        recorder,
        address: address(PORTS.kubernetes),
        tls: await this.#certify('kubernetes', 'proxy', own),
        upstream: () => ({
          url: `https://${NODE_IP}:${PORTS.kubernetes}`,
          ca: readFileSync(join(paths.pki, 'ca.crt')),
          classify: kubernetesMutation,
        }),
      }),
      await startHttpProxy({
        recorder,
        address: address(PORTS.websecure),
        tls: {
          SNICallback: (name, done) => this.#contextFor(name, done),
        },
        upstream: name => ({
          url: `https://127.0.0.1:${PORTS.websecure}`,
          ca,
          ...(name.startsWith(AUTH_HOST)
            ? {
                classify: keycloak.classify,
                learn: keycloak.learn.bind(keycloak),
              }
            : { classify: mlflowMutation }),
        }),
      }),
      await startHttpProxy({
        recorder,
        address: address(PORTS.minio),
        upstream: () => ({
          url: `http://${NODE_IP}:${PORTS.minio}`,
          classify: objectStoreMutation,
        }),
      }),
      await startHttpProxy({
        recorder,
        address: address(PORTS.registry),
        upstream: () => ({
          url: `http://127.0.0.1:${PORTS.registry}`,
          classify: registryMutation,
        }),
      }),
      await startHttpProxy({
        recorder,
        address: { path: this.#dockerSocket },
        upstream: () => ({
          socketPath: paths.dockerSocket,
          classify: dockerMutation,
        }),
      }),
      await startPostgresProxy({
        recorder,
        address: address(PORTS.postgres),
        tls: await this.#certify('ingress', 'postgres-proxy', own),
        upstream: { host: NODE_IP, port: PORTS.postgres, ca },
      }),
    );
  }
}
