import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import { LeaseState, LeaseStore } from './LeaseStore';

/** How long a Lease counts without a renewal, in seconds. */
export const LEASE_SECONDS = 15;

/** Times in milliseconds; shorter in tests. */
export interface LeaseTimes {
  /** After this without a renewal anybody may take it. */
  duration: number;
  /** Between two renewals. */
  renewal: number;
  /** How long it is kept after an action, for the next one of the task. */
  idle: number;
  /** Between two looks at the Lease of another. */
  pause: number;
}

const TIMES: LeaseTimes = {
  duration: LEASE_SECONDS * 1000,
  renewal: 3_000,
  idle: 60_000,
  pause: 500,
};

/** Older than this, a Lease is over whatever the clocks of two machines say. */
const LONG_OVER_MS = 10 * 60_000;

/** A release is worth this long and this often a try. */
const RELEASE_MS = 5_000;
const RELEASE_TRIES = 3;

interface Held {
  taskId: string;
  state: LeaseState;
  busy: boolean;
  /** Of this process's monotonic clock. */
  renewedAt: number;
  idleSince: number;
  lost: AbortController;
  ended: AbortController;
  /** Settles when no renewal is under way any more. */
  renewals: Promise<void>;
}

/** How a task waits for its turn. */
export interface LeaseWait {
  signal: AbortSignal;
  log(message: string): void;
}

/**
 * One writer an instance: a Lease in the cluster whose holder is a task in a
 * process. It stays with the task between its actions. Whoever finds another's
 * Lease believes in it as long as it sees it renewed, by its own clock.
 */
export class InstanceLeases {
  readonly #store: LeaseStore;
  readonly #times: LeaseTimes;
  readonly #process = randomUUID();
  readonly #held = new Map<string, Held>();

  constructor(store: LeaseStore, times: LeaseTimes = TIMES) {
    this.#store = store;
    this.#times = times;
  }

  /**
   * Works while nobody else does. The signal that the work gets is aborted when
   * the Lease is lost.
   *
   * @throws ConflictError when another task is at work on the instance
   */
  async hold<T>(
    name: string,
    taskId: string,
    wait: LeaseWait,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const held = await this.#enter(name, taskId, wait);
    try {
      const result = await work(
        AbortSignal.any([wait.signal, held.lost.signal]),
      );
      held.idleSince = performance.now();
      held.busy = false;
      return result;
    } catch (error) {
      held.busy = false;
      await this.release(name, taskId);
      throw error;
    }
  }

  /** The task has ended; best effort, since a Lease ends by itself too. */
  async release(name: string, taskId: string): Promise<void> {
    const held = await this.#drop(name, taskId);
    if (held) {
      await this.#remove(name, held.state, AbortSignal.timeout(RELEASE_MS));
    }
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.#held].map(([name, { taskId }]) => this.release(name, taskId)),
    );
  }

  /** A Lease that stays after its end is in nobody's way, but nobody's either. */
  async #remove(name: string, state: LeaseState, signal: AbortSignal) {
    for (let left = RELEASE_TRIES; left > 0; left--) {
      try {
        await this.#store.remove(name, state, signal);
        return;
      } catch (error) {
        if (error instanceof ConflictError) {
          return;
        }
        await pause(this.#times.pause, signal);
      }
    }
  }

  /** A task can run twice in one process when it was taken for dead. */
  async #enter(name: string, taskId: string, wait: LeaseWait): Promise<Held> {
    for (;;) {
      const held = this.#held.get(name);
      if (held?.taskId !== taskId) {
        return this.#acquire(name, taskId, wait);
      }
      if (!held.busy) {
        held.busy = true;
        return held;
      }
      await sleep(this.#times.pause, undefined, { signal: wait.signal });
    }
  }

  async #acquire(name: string, taskId: string, wait: LeaseWait): Promise<Held> {
    const holder = `${taskId}/${this.#process}`;
    let seen: LeaseState | undefined;
    let since = performance.now();
    for (;;) {
      const found = await this.#store.read(name, wait.signal);
      if (found && found.version !== seen?.version) {
        assertSameTask(name, taskId, seen, found);
        if (!seen) {
          wait.log(
            `Task ${taskOf(
              found,
            )} was at work on the instance; waiting until its Lease ends`,
          );
        }
        seen = found;
        since = performance.now();
      }
      const over = performance.now() - since > this.#times.duration;
      if (!found || over || isLongOver(found)) {
        const state = await this.#store.write(name, holder, found, wait.signal);
        if (state) {
          return this.#keep(name, taskId, state);
        }
      }
      await sleep(this.#times.pause, undefined, { signal: wait.signal });
    }
  }

  #keep(name: string, taskId: string, state: LeaseState): Held {
    const now = performance.now();
    const held: Held = {
      taskId,
      state,
      busy: true,
      renewedAt: now,
      idleSince: now,
      lost: new AbortController(),
      ended: new AbortController(),
      renewals: Promise.resolve(),
    };
    held.renewals = this.#renewUntilEnded(name, held);
    this.#held.set(name, held);
    return held;
  }

  async #renewUntilEnded(name: string, held: Held): Promise<void> {
    const { duration, renewal, idle } = this.#times;
    const { signal } = held.ended;
    while (await pause(renewal, signal)) {
      const now = performance.now();
      if (!held.busy && now - held.idleSince > idle) {
        // Not awaited: it waits for the end of this loop.
        void this.release(name, held.taskId);
        return;
      }
      const alive = await this.#renew(name, held).catch(
        () => performance.now() - held.renewedAt < duration - renewal,
      );
      if (!alive) {
        this.#lose(name, held);
        return;
      }
    }
  }

  /** @returns whether the Lease is still this task's */
  async #renew(name: string, held: Held): Promise<boolean> {
    const begin = performance.now();
    const signal = AbortSignal.timeout(this.#times.renewal);
    const { holder } = held.state;
    const state =
      (await this.#store.write(name, holder, held.state, signal)) ??
      // A renewal whose answer was lost has changed the version too.
      (await this.#store.read(name, signal));
    if (state?.holder !== holder) {
      return false;
    }
    held.state = state;
    held.renewedAt = begin;
    return true;
  }

  #lose(name: string, held: Held) {
    if (this.#held.get(name) === held) {
      this.#held.delete(name);
    }
    held.lost.abort(
      new ServiceUnavailableError(
        `Kubernetes: the Lease of the instance "${name}" could not be renewed in time, or another task has taken it, so task ${held.taskId} stopped. Run it again.`,
      ),
    );
  }

  /** @returns what was held and still is this task's */
  async #drop(name: string, taskId: string): Promise<Held | undefined> {
    const held = this.#held.get(name);
    if (held?.taskId !== taskId) {
      return undefined;
    }
    this.#held.delete(name);
    held.ended.abort();
    await held.renewals;
    return held.lost.signal.aborted ? undefined : held;
  }
}

/** @returns false when the signal cut the pause short */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal, ref: false });
    return true;
  } catch {
    return false;
  }
}

function taskOf({ holder }: LeaseState): string {
  return holder.split('/')[0];
}

function isLongOver({ renewedAt }: LeaseState): boolean {
  return Date.now() - renewedAt > LONG_OVER_MS;
}

/** A Lease of another task that was renewed under our eyes is alive. */
function assertSameTask(
  name: string,
  taskId: string,
  seen: LeaseState | undefined,
  found: LeaseState,
) {
  if (seen?.holder === found.holder) {
    const other = taskOf(found);
    if (other !== taskId) {
      throw new ConflictError(
        `Task ${other} is at work on the instance "${name}". Wait for its end or cancel it, then run again.`,
      );
    }
  }
}
