import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubernetesObject } from '@kubernetes/client-node';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';
import { PlatformConfig } from '../../platform/config';
import { HelmValues } from './values';
import { loadKubeConfig } from '../kubernetes/kubeConfig';
import { chartArguments } from './chart';
import { sweepHelmHomes, withHelmHome } from './helmHome';

/** What Helm knows of a release. */
export interface HelmRelease {
  revision: number;
  /** `deployed`, `failed`, `pending-install`, … */
  status: string;
  /** Version of the chart, for example `1.11.5`. */
  chart: string;
  values: HelmValues;
}

/** One revision of a release, as `helm history` tells it. */
export interface HelmRevision {
  revision: number;
  /** ISO 8601 */
  updated: string;
  status: string;
  /** Name and version, for example `mlflow-1.11.5`. */
  chart: string;
  app_version?: string;
  description?: string;
}

/** Revisions that are kept of a release. */
const HISTORY_MAX = 10;

const TIMEOUT_MS = 180_000;
/** How long helm may take to end when it is told to, in milliseconds. */
const GRACE_MS = 10_000;
const OUTPUT_LIMIT = 64 * 1024;

/**
 * Runs the helm command. Values go in on stdin; the access to the cluster lies
 * in a folder that only this process can read and that goes with the call.
 */
export class HelmClient {
  readonly #command: string;
  readonly #chart: PlatformConfig['chart'];
  readonly #kubernetes: PlatformConfig['kubernetes'];
  readonly #graceMs: number;

  static fromConfig(config: PlatformConfig): HelmClient {
    return new HelmClient(config.chart, config.kubernetes);
  }

  /** @param options - `graceMs`: for a helm that is told to end, in ms */
  constructor(
    chart: PlatformConfig['chart'],
    kubernetes: PlatformConfig['kubernetes'],
    options: { graceMs?: number } = {},
  ) {
    this.#command = chart.helm;
    this.#chart = chart;
    this.#kubernetes = kubernetes;
    this.#graceMs = options.graceMs ?? GRACE_MS;
  }

  /** The release, or undefined when there is none. */
  async get(
    name: string,
    namespace: string,
    signal: AbortSignal,
  ): Promise<HelmRelease | undefined> {
    try {
      const [metadata, values] = await Promise.all([
        this.#run(['get', 'metadata', name, '-n', namespace, '-o', 'json'], {
          signal,
        }),
        this.#run(['get', 'values', name, '-n', namespace, '-o', 'json'], {
          signal,
        }),
      ]);
      const { revision, status, version } = JSON.parse(metadata);
      return {
        revision,
        status,
        chart: version,
        values: JSON.parse(values) ?? {},
      };
    } catch (error) {
      if (error instanceof NotFoundError) {
        return undefined;
      }
      throw error;
    }
  }

  /** Installs or upgrades; does not wait for pods. */
  async upgrade(
    options: {
      name: string;
      namespace: string;
      chartVersion: string;
      values: HelmValues;
    },
    signal: AbortSignal,
  ): Promise<void> {
    await sweepHelmHomes();
    await this.#run(
      [
        'upgrade',
        '--install',
        options.name,
        ...(await chartArguments(this.#chart, options.chartVersion)),
        '-n',
        options.namespace,
        '--history-max',
        String(HISTORY_MAX),
        '-f',
        '-',
      ],
      { signal, input: JSON.stringify(options.values) },
    );
  }

  /** The revisions that are kept, oldest first; none without a release. */
  async history(
    name: string,
    namespace: string,
    signal: AbortSignal,
  ): Promise<HelmRevision[]> {
    const max = ['--max', String(HISTORY_MAX)];
    try {
      const answer = await this.#run(
        ['history', name, '-n', namespace, '-o', 'json', ...max],
        { signal },
      );
      return JSON.parse(answer);
    } catch (error) {
      if (error instanceof NotFoundError) {
        return [];
      }
      throw error;
    }
  }

  /**
   * The objects of the latest revision as the chart rendered them, without hooks.
   * Those of a chart may be Secrets: they are for comparing, and not for showing.
   */
  async manifest(
    name: string,
    namespace: string,
    signal: AbortSignal,
  ): Promise<KubernetesObject[]> {
    const text = await this.#run(['get', 'manifest', name, '-n', namespace], {
      signal,
    });
    return parseAllDocuments(text).flatMap(document => document.toJS() ?? []);
  }

  /** Goes back to the last revision that was deployed. */
  async rollback(
    name: string,
    namespace: string,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#run(['rollback', name, '-n', namespace], { signal });
  }

  /** What is gone already is no error. */
  async uninstall(
    name: string,
    namespace: string,
    signal: AbortSignal,
  ): Promise<'removed' | 'absent'> {
    try {
      await this.#run(['uninstall', name, '-n', namespace], { signal });
      return 'removed';
    } catch (error) {
      if (error instanceof NotFoundError) {
        return 'absent';
      }
      throw error;
    }
  }

  /** @throws when the chart is not to be had in this version */
  async showChart(version: string, signal: AbortSignal): Promise<void> {
    await this.#run(
      ['show', 'chart', ...(await chartArguments(this.#chart, version))],
      { signal },
    );
  }

  /** What `helm version` says, for example `v3.19.5`. */
  async version(signal: AbortSignal): Promise<string> {
    return (await this.#run(['version', '--short'], { signal })).trim();
  }

  async #run(
    args: string[],
    options: { signal: AbortSignal; input?: string },
  ): Promise<string> {
    return withHelmHome(async home =>
      execute(this.#command, [...args, ...(await this.#access(home))], {
        input: options.input,
        graceMs: this.#graceMs,
        signal: AbortSignal.any([
          options.signal,
          AbortSignal.timeout(TIMEOUT_MS),
        ]),
        env: {
          PATH: process.env.PATH ?? '',
          HOME: home,
          HELM_CACHE_HOME: join(home, 'cache'),
          HELM_CONFIG_HOME: join(home, 'config'),
          HELM_DATA_HOME: join(home, 'data'),
          ...inClusterEnvironment(this.#kubernetes),
        },
      }),
    );
  }

  async #access(home: string): Promise<string[]> {
    if (this.#kubernetes.inCluster) {
      return [];
    }
    const file = join(home, 'kubeconfig');
    await writeFile(file, loadKubeConfig(this.#kubernetes).exportConfig(), {
      mode: 0o600,
    });
    return ['--kubeconfig', file];
  }
}

function inClusterEnvironment(
  kubernetes: PlatformConfig['kubernetes'],
): Record<string, string> {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } =
    process.env;
  return kubernetes.inCluster && host && port
    ? { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port }
    : {};
}

function execute(
  command: string,
  args: string[],
  options: {
    input?: string;
    env: Record<string, string>;
    graceMs: number;
    signal: AbortSignal;
  },
): Promise<string> {
  options.signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // A helm that is told to end frees its release first; it is waited for.
    let force: NodeJS.Timeout | undefined;
    const end = () => {
      child.kill('SIGTERM');
      force = setTimeout(() => child.kill('SIGKILL'), options.graceMs);
    };
    options.signal.addEventListener('abort', end, { once: true });
    child.stdout.setEncoding('utf8');
    child.stderr.setEncoding('utf8');
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', chunk => {
      stdout += chunk;
    });
    child.stderr.on('data', chunk => {
      stderr = (stderr + chunk).slice(-OUTPUT_LIMIT);
    });
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
    child.on('error', error =>
      reject(
        new ServiceUnavailableError(
          `Helm: the command "${command}" could not be started. Install Helm 3.19 or 4 and name it in mlflow.platforms.<platform>.chart.helm.`,
          error,
        ),
      ),
    );
    child.on('close', code => {
      clearTimeout(force);
      options.signal.removeEventListener('abort', end);
      if (options.signal.aborted) {
        reject(options.signal.reason);
      } else if (code === 0) {
        resolve(stdout);
      } else {
        reject(failure(args, stderr));
      }
    });
  });
}

function failure(args: string[], stderr: string): Error {
  const reason =
    stderr
      .split('\n')
      .filter(line => line.startsWith('Error:'))
      .pop()
      ?.replace(/^Error: /, '') ?? 'no reason given';
  return /release: not found/.test(stderr)
    ? new NotFoundError(`Helm: ${reason}`)
    : new ServiceUnavailableError(
        `Helm: helm ${args[0]} ${args[1]} failed: ${reason}`,
      );
}
