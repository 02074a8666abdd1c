import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesObject } from '@kubernetes/client-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { KubernetesClient, Selection } from './KubernetesClient';
import { objectKey, ObjectIndex } from './ObjectIndex';

/** Objects to keep in sight, and the plural under which the API serves them. */
export interface WatchedObjects extends Selection {
  /** For example `configmaps`. */
  resource: string;
}

/** What a {@link WatchList} tells. */
export interface WatchListener<T> {
  /**
   * A complete list came from the API server; it replaces all before.
   *
   * @param changed - keys of what is not as it was before
   */
  onList(objects: ReadonlyMap<string, T>, changed: string[]): void;
  /** One object was made, changed or (undefined) deleted. */
  onChange(key: string, object: T | undefined): void;
  /** The API server cannot be asked; what is known stays. */
  onFailure(error: Error): void;
  /** After a failure: a list came, and the watch after it holds. */
  onRecovery(): void;
}

/** How long a watch list waits, in milliseconds. */
export interface WatchTimes {
  /**
   * First wait after a failure; doubles up to `maxRetry`. A watch that lasts so
   * long holds.
   */
  minRetry: number;
  maxRetry: number;
  /** A list that has not come by then has failed. */
  list: number;
  /** The API server is asked to end each watch after this time. */
  watch: number;
  /** A watch that lasts longer than `watch` by this much is dead. */
  grace: number;
  /** All objects are listed anew after this time, in case an event was lost. */
  relist: number;
}

const DEFAULT_TIMES: WatchTimes = {
  minRetry: 500,
  maxRetry: 30_000,
  list: 30_000,
  watch: 240_000,
  grace: 30_000,
  relist: 900_000,
};

/**
 * Keeps a copy of some objects of a cluster: a list, then a watch from its
 * version on, for as long as the signal allows. Survives restarts and failures
 * of the API server; during one, the copy stays as it is.
 */
export class WatchList<T extends KubernetesObject> {
  readonly #kubernetes: KubernetesClient;
  readonly #watched: WatchedObjects;
  readonly #listener: WatchListener<T>;
  readonly #times: WatchTimes;
  readonly #keep: (object: T) => T;
  #objects = new ObjectIndex<T>();
  #heardAt?: number;
  /** Rounds since a watch last held. */
  #failures = 0;
  #failing = false;

  /**
   * @param keep - what to keep of an object; its name, namespace and
   * resourceVersion at least
   */
  constructor(
    kubernetes: KubernetesClient,
    watched: WatchedObjects,
    listener: WatchListener<T>,
    times: Partial<WatchTimes> = {},
    keep: (object: T) => T = object => object,
  ) {
    this.#kubernetes = kubernetes;
    this.#watched = watched;
    this.#listener = listener;
    this.#times = { ...DEFAULT_TIMES, ...times };
    this.#keep = keep;
  }

  /** The objects by {@link objectKey}. */
  get objects(): ReadonlyMap<string, T> {
    return this.#objects.all;
  }

  inNamespace(namespace: string): T[] {
    return this.#objects.inNamespace(namespace);
  }

  /**
   * When the copy was last known to be right; undefined before the first list. A
   * connection that is open says nothing: its other end may be gone. The API
   * server sends a bookmark each minute.
   */
  get rightAt(): Date | undefined {
    return this.#heardAt === undefined ? undefined : new Date(this.#heardAt);
  }

  /** Runs until the signal is aborted; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        let version = await this.#list(signal);
        const relistAt = Date.now() + this.#times.relist;
        while (version !== undefined && Date.now() < relistAt) {
          version = await this.#watch(version, signal);
        }
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        this.#failing = true;
        this.#listener.onFailure(asError(error));
      }
      this.#failures += 1;
      await this.#pause(signal);
    }
  }

  /** A list that works says nothing of a watch that is refused. */
  #held(): void {
    this.#failures = 0;
    if (this.#failing) {
      this.#failing = false;
      this.#listener.onRecovery();
    }
  }

  async #list(signal: AbortSignal): Promise<string | undefined> {
    const deadline = AbortSignal.timeout(this.#times.list);
    const found = await this.#kubernetes
      .list<T>(this.#watched, AbortSignal.any([signal, deadline]))
      .catch(error => {
        throw deadline.aborted ? this.#silence('list', error) : error;
      });
    const before = this.#objects;
    this.#objects = new ObjectIndex(found.items.map(this.#keep));
    this.#heardAt = Date.now();
    this.#listener.onList(
      this.#objects.all,
      this.#objects.changedSince(before),
    );
    return found.metadata?.resourceVersion;
  }

  /** @returns the version to go on from; undefined when only a list helps */
  async #watch(from: string, signal: AbortSignal): Promise<string | undefined> {
    const startedAt = Date.now();
    const ended = new AbortController();
    const deadline = AbortSignal.timeout(this.#times.watch + this.#times.grace);
    const stop = AbortSignal.any([signal, ended.signal, deadline]);
    const holds = setTimeout(() => this.#held(), this.#times.minRetry);
    let version: string | undefined = from;
    try {
      await this.#kubernetes.watch<T>(
        pathOf(this.#watched),
        {
          ...(this.#watched.labelSelector && {
            labelSelector: this.#watched.labelSelector,
          }),
          resourceVersion: from,
          allowWatchBookmarks: 'true',
          timeoutSeconds: String(Math.ceil(this.#times.watch / 1000)),
        },
        (type, object) => {
          // The stream may still hold lines when it is given up; a new watch
          // gets them again.
          if (stop.aborted) {
            return;
          }
          if (type === 'ERROR') {
            version = undefined;
            ended.abort();
            return;
          }
          version = object.metadata?.resourceVersion ?? version;
          this.#heardAt = Date.now();
          this.#take(type, object);
        },
        stop,
      );
    } finally {
      clearTimeout(holds);
    }
    if (deadline.aborted && !signal.aborted) {
      throw this.#silence('watch', deadline.reason);
    }
    if (
      version !== undefined &&
      Date.now() - startedAt < this.#times.minRetry
    ) {
      await sleep(this.#times.minRetry, undefined, { signal });
    }
    return version;
  }

  #take(type: string, object: T): void {
    const key = objectKey(object);
    if (type === 'DELETED') {
      this.#objects.delete(key);
      this.#listener.onChange(key, undefined);
    } else if (type === 'ADDED' || type === 'MODIFIED') {
      const kept = this.#keep(object);
      this.#objects.set(kept);
      this.#listener.onChange(key, kept);
    }
  }

  async #pause(signal: AbortSignal): Promise<void> {
    const { minRetry, maxRetry } = this.#times;
    const longest = Math.min(
      maxRetry,
      minRetry * 2 ** Math.max(0, this.#failures - 1),
    );
    // Replicas that lost the same API server must not come back in one moment.
    const wait = longest * (0.5 + Math.random() / 2);
    await sleep(wait, undefined, { signal }).catch(() => undefined);
  }

  #silence(what: string, cause: unknown): Error {
    return new ServiceUnavailableError(
      `Kubernetes: could not ${what} ${
        this.#watched.resource
      }: the API server stays silent. Check that it is up and reachable.`,
      asError(cause),
    );
  }
}

function pathOf({ apiVersion, namespace, resource }: WatchedObjects): string {
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const scope = namespace ? `/namespaces/${namespace}` : '';
  return `${root}/${apiVersion}${scope}/${resource}`;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
