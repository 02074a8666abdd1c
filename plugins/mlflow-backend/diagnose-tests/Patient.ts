import { setTimeout as sleep } from 'node:timers/promises';
import type { PortalUser } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { waitForEnd } from '../fault-tests/lane/tasks.ts';
import type { Line } from './creation.ts';
import { startCreation } from './creation.ts';
import { Cluster } from './Cluster.ts';
import type { Realm } from './Realm.ts';
import type { Systems } from './Systems.ts';

const TASK_MS = 240_000;

/** One instance that is made unwell, and whoever owns it. */
export class Patient {
  readonly context: Context;
  /** Name of the instance, without prefix. */
  readonly name: string;
  readonly line: Line;
  /** Its namespace, as the cluster's administrator. */
  readonly cluster: Cluster;
  /** What lies between the harness's portal, its instances and their systems. */
  readonly systems: Systems;
  /** Where its clients and groups are. */
  readonly realm: Realm;
  readonly #user: () => Promise<PortalUser>;
  #mends: (() => Promise<unknown>)[] = [];

  constructor(options: {
    context: Context;
    name: string;
    line: Line;
    systems: Systems;
    realm: Realm;
    user: () => Promise<PortalUser>;
  }) {
    this.context = options.context;
    this.name = options.name;
    this.line = options.line;
    this.systems = options.systems;
    this.realm = options.realm;
    this.#user = options.user;
    this.cluster = new Cluster(options.context, this.base);
  }

  /** Name of namespace, release, bucket and client. */
  get base(): string {
    return `mlflow-${this.name}`;
  }

  /** Name of the role and of the tracking database. */
  get database(): string {
    return this.base.replaceAll('-', '_');
  }

  get authDatabase(): string {
    return `${this.database}_auth`;
  }

  get host(): string {
    return `${this.base}.localhost`;
  }

  /** Name of its entity in the catalog. */
  get entity(): string {
    return `${this.base}.sandbox`;
  }

  get deployment(): string {
    return `deployment/${this.base}`;
  }

  /** Somebody of the group that owns the instance, signed in. */
  user(): Promise<PortalUser> {
    return this.#user();
  }

  /** Says how the next change is taken back. */
  readonly onMend = (mend: () => Promise<unknown>): void => {
    this.#mends.push(mend);
  };

  /** Takes all changes back, the last one first, each even if another fails. */
  async mend(): Promise<void> {
    const mends = this.#mends.reverse();
    this.#mends = [];
    const failures: unknown[] = [];
    for (const mend of mends) {
      await mend().catch(error => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  /** Runs the template once more with the same inputs: it makes what is missing. */
  async runAgain(): Promise<void> {
    const user = await this.user();
    const id = await startCreation(user, this);
    const end = await waitForEnd(user, id, {
      timeoutMs: TASK_MS,
      signal: this.context.signal,
    });
    if (end.status !== 'completed') {
      throw new Error(`a run ended ${end.status}: ${end.lines.slice(-3)}`);
    }
  }

  /**
   * Waits until something is the case.
   *
   * @throws Error after two minutes, naming what did not come about
   */
  async until(what: string, holds: () => Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 120_000; !(await holds()); ) {
      if (Date.now() > end) throw new Error(`not within 120 s: ${what}`);
      this.context.signal.throwIfAborted();
      await sleep(500);
    }
  }
}
