import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubernetesTools } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

/** An object of Kubernetes as JSON. */
export interface KubernetesObject {
  metadata: Record<string, unknown> & { name: string };
  [key: string]: unknown;
}

/** What the cluster's administrator does in one namespace. */
export class Cluster {
  readonly #context: Context;
  readonly namespace: string;

  constructor(context: Context, namespace: string) {
    this.#context = context;
    this.namespace = namespace;
  }

  /** Runs kubectl. @returns what it prints */
  kubectl(...args: string[]): Promise<string> {
    return this.#run(args);
  }

  /** One object; undefined when there is none. */
  async read<T extends KubernetesObject>(
    kind: string,
    name: string,
  ): Promise<T | undefined> {
    const text = await this.#run([
      'get',
      kind,
      name,
      '--ignore-not-found',
      '-o',
      'json',
    ]);
    return text ? JSON.parse(text) : undefined;
  }

  /** All objects of a kind. */
  async list<T extends KubernetesObject>(kind: string): Promise<T[]> {
    return JSON.parse(await this.#run(['get', kind, '-o', 'json'])).items;
  }

  /**
   * Changes an object. The change goes by a file that nobody else may read, since
   * it may be a secret.
   *
   * @param type - `json` for a list of operations
   */
  async patch(
    kind: string,
    name: string,
    change: unknown,
    type: 'merge' | 'json' | 'strategic' = 'merge',
    ...args: string[]
  ): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'diagnose-patch-'));
    const file = join(folder, 'patch.json');
    try {
      writeFileSync(file, JSON.stringify(change), { mode: 0o600 });
      await this.#run([
        ...['patch', kind, name, `--type=${type}`, `--patch-file=${file}`],
        ...args,
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** Makes an object, also one that was read before and is gone meanwhile. */
  async create(object: unknown): Promise<void> {
    await this.#run(['create', '-f', '-'], JSON.stringify(bare(object)));
  }

  async delete(kind: string, name: string): Promise<void> {
    await this.#run(['delete', kind, name, '--ignore-not-found']);
  }

  #run(args: string[], input?: string): Promise<string> {
    const { paths, signal } = this.#context;
    return run(
      [
        join(kubernetesTools(paths), 'hyperkube'),
        'kubectl',
        `--kubeconfig=${paths.kubeconfig}`,
        `--namespace=${this.namespace}`,
        ...args,
      ],
      { signal, capture: true, input },
    );
  }
}

/** What the API server gives an object. */
const GIVEN = ['uid', 'resourceVersion', 'creationTimestamp', 'generation'];

function bare(object: unknown): unknown {
  return JSON.parse(JSON.stringify(object), (key, value) =>
    GIVEN.includes(key) || key === 'status' ? undefined : value,
  );
}
