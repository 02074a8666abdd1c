import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import { SandboxError } from '@internal/mlflow-sandbox/src/errors.ts';
import { tail } from '@internal/mlflow-sandbox/src/exec.ts';
import { answers } from '@internal/mlflow-sandbox/src/http.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { toYaml } from '@internal/mlflow-sandbox/src/yaml.ts';
import type { YamlValue } from '@internal/mlflow-sandbox/src/yaml.ts';

const READY_MS = 120_000;

/** What a backend runs with. */
export interface BackendOptions {
  context: Context;
  port: number;
  /** For its config, its log and what it makes for a moment. */
  folder: string;
  /** The compiled backend. */
  bundle: string;
  /** Taken for /etc/hosts by this process and its children. */
  hostsFile: string;
  /** Prefix of its databases. */
  database: string;
  config: YamlValue;
}

/** One backend of the portal, built, and killed as often as is wanted. */
export class Backend {
  readonly #options: BackendOptions;
  #child?: ChildProcess;

  constructor(options: BackendOptions) {
    this.#options = options;
  }

  /** Address of its API. */
  get api(): string {
    return `http://localhost:${this.#options.port}`;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get logFile(): string {
    return join(this.#options.folder, 'backend.log');
  }

  get tempFolder(): string {
    return join(this.#options.folder, 'tmp');
  }

  /** Starts it and waits until it takes requests. */
  async start(): Promise<void> {
    const { context, folder, bundle, hostsFile, config } = this.#options;
    const { paths } = context;
    const own = join(folder, 'app-config.yaml');
    writeFileSync(own, `${toYaml(config).trimStart()}\n`, { mode: 0o600 });
    const configs = [join(paths.repo, 'app-config.yaml'), paths.config, own];
    const log = openSync(this.logFile, 'a', 0o600);
    const child = spawn(
      'unshare',
      [
        '--mount',
        '--propagation',
        'private',
        'sh',
        '-c',
        'mount --bind "$0" /etc/hosts && exec "$@"',
        hostsFile,
        process.execPath,
        bundle,
        ...configs.flatMap(file => ['--config', file]),
      ],
      {
        // Where `backstage-cli package start` runs it: paths in app-config are relative.
        cwd: join(paths.repo, 'plugins/mlflow-backend'),
        env: {
          ...process.env,
          NODE_ENV: 'development',
          NODE_EXTRA_CA_CERTS: paths.caBundle,
          NODE_COMPILE_CACHE: join(folder, '..', 'compiled'),
          TMPDIR: this.tempFolder,
        },
        detached: true,
        stdio: ['ignore', log, log],
      },
    );
    closeSync(log);
    this.#child = child;
    await this.#waitUntilReady(child);
  }

  /** Kills it alone: what it started lives on. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Removes its databases, also after an interrupt; it must not run. */
  async dropDatabases(): Promise<void> {
    const signal = AbortSignal.timeout(60_000);
    const context = { ...this.#options.context, signal };
    const found = await this.databases(context);
    if (found.length === 0) return;
    await sql(
      context,
      found.map(name => `DROP DATABASE "${name}" WITH (FORCE);`).join('\n'),
    );
  }

  /** Names of its databases, one for each plugin. */
  async databases(context = this.#options.context): Promise<string[]> {
    const { database } = this.#options;
    const rows = await sql(
      context,
      `SELECT datname FROM pg_database WHERE starts_with(datname, '${database}');`,
    );
    return rows.split('\n').filter(Boolean);
  }

  async #waitUntilReady(child: ChildProcess): Promise<void> {
    const { context } = this.#options;
    const url = `${this.api}/.backstage/health/v1/readiness`;
    for (const end = Date.now() + READY_MS; ; await sleep(200)) {
      if (await answers({ url })) return;
      context.signal.throwIfAborted();
      if (child.exitCode !== null || Date.now() > end) {
        throw new SandboxError(
          `The backend at ${this.api} does not come up:\n${tail(
            this.logFile,
            15,
          )}`,
        );
      }
    }
  }
}
