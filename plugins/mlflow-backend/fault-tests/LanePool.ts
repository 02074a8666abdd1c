import { randomBytes } from 'node:crypto';
import { forgetInstance } from '@internal/mlflow-sandbox/src/bench/forgetInstance.ts';
import { kubectl } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { SecretProvider } from '@internal/mlflow-sandbox/src/demo/portal.ts';
import type { PortalUser } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import { messageOf } from '@internal/mlflow-sandbox/src/errors.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { buildBundle } from './lane/bundle.ts';
import type { Bundle } from './lane/bundle.ts';
import { Lane, laneAddress } from './lane/Lane.ts';
import { makeSignInClient, removeSignInClient } from './lane/signInClient.ts';
import { signInAsOwner } from './lane/tasks.ts';

const prefixOf = (lane: Lane) => `flt${lane.number}-`;

/** A token of the portal serves for an hour; it is replaced well before. */
const SIGN_IN_AGAIN_MS = 20 * 60_000;

/** What is begun is ended, also after an interrupt. */
const lasting = (context: Context): Context => ({
  ...context,
  signal: AbortSignal.timeout(180_000),
});

/** A backend of its own, and somebody who is signed in to it. */
export class Worker {
  readonly lane: Lane;
  readonly #context: Context;
  #user?: { value: PortalUser; at: number };
  #removing: Promise<void> = Promise.resolve();

  constructor(context: Context, lane: Lane) {
    this.#context = context;
    this.lane = lane;
  }

  async user(): Promise<PortalUser> {
    if (!this.#user || Date.now() - this.#user.at > SIGN_IN_AGAIN_MS) {
      const value = await signInAsOwner(this.#context, this.lane.backend.api);
      this.#user = { value, at: Date.now() };
    }
    return this.#user.value;
  }

  /** A name that no other run has, and that says which lane made it. */
  newInstance(): string {
    return `${prefixOf(this.lane)}${randomBytes(3).toString('hex')}`;
  }

  /** Removes an instance while the next one is made; one at a time. */
  async remove(instance: string): Promise<void> {
    await this.#removing;
    this.#removing = forgetInstance(lasting(this.#context), instance).catch(
      error => this.#context.say(`${instance} stays: ${messageOf(error)}`),
    );
  }

  async settle(): Promise<void> {
    await this.#removing;
  }
}

/** Removes the instances that a run which was killed has left, by the prefix of their names. */
export async function sweep(context: Context, prefix: string): Promise<void> {
  const listed = await kubectl(
    context,
    'get',
    'namespaces,configmaps,leases.coordination.k8s.io',
    '-A',
    '-o',
    'jsonpath={.items[*].metadata.name}',
  );
  const names = listed
    .split(' ')
    .map(name => name.replace(/^(mlflow|instance)-/, ''))
    .filter(name => new RegExp(`^${prefix}[0-9a-f]{6}$`).test(name));
  for (const name of new Set(names)) {
    context.say(`removing ${name}, left by an earlier run`);
    await forgetInstance(context, name);
  }
}

/** How many lanes, and the number of the first: two runs at once take others. */
export interface Lanes {
  first: number;
  count: number;
  /** Where their backends keep the secrets of instances; in Kubernetes when left out. */
  secrets?: SecretProvider;
}

/** Starts lanes, works with them, and ends them whatever happens. */
export async function withLanes<T>(
  context: Context,
  { first, count, secrets = 'kubernetes' }: Lanes,
  use: (workers: Worker[], bundle: Bundle) => Promise<T>,
): Promise<T> {
  const bundle = await buildBundle(context);
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const signIn = await makeSignInClient(
    context,
    first,
    numbers.map(lane => laneAddress(lane).port),
  );
  const workers = numbers.map(
    lane =>
      new Worker(
        context,
        new Lane(context, { lane, bundle: bundle.file, signIn, secrets }),
      ),
  );
  try {
    context.say(`starting ${count} backends of build ${bundle.hash}`);
    await Promise.all(
      workers.map(async ({ lane }) => {
        await sweep(context, prefixOf(lane));
        await lane.start();
      }),
    );
    return await use(workers, bundle);
  } finally {
    await Promise.allSettled(
      workers.map(async worker => {
        await worker.settle();
        await worker.lane.stop();
      }),
    );
    await removeSignInClient(lasting(context), first);
  }
}

/** Works a list off with several workers; each takes the next thing there is. */
export async function share<T>(
  workers: Worker[],
  things: T[],
  work: (worker: Worker, thing: T) => Promise<void>,
): Promise<void> {
  const left = [...things];
  await Promise.all(
    workers.map(async worker => {
      for (let thing = left.shift(); thing; thing = left.shift()) {
        await work(worker, thing);
      }
    }),
  );
}
