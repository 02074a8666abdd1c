import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '@internal/mlflow-sandbox/src/bench/statistics.ts';

/** How long the answers took, in milliseconds. */
export interface Latency {
  requests: number;
  /** Answers that were no 200, and requests without one. */
  failed: number;
  /** How many of them, by status; 0 stands for none. */
  failures: Record<string, number>;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  maxMs: number;
}

/** One request. */
export interface Ask {
  url: string;
  token?: string;
}

/** Asks, and waits for all of the answer. @returns its status; 0 without one */
export function ask(agent: Agent, { url, token }: Ask): Promise<number> {
  return new Promise(resolve => {
    const request = get(
      url,
      {
        agent,
        headers: token ? { authorization: `Bearer ${token}` } : {},
        timeout: 30_000,
      },
      response => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
        response.on('error', () => resolve(0));
      },
    );
    request.on('timeout', () => {
      resolve(0);
      request.destroy();
    });
    // The portal closes connections that rest for 5 s, also as one is taken again.
    request.on('error', () =>
      resolve(request.reusedSocket ? ask(agent, { url, token }) : 0),
    );
  });
}

/** How long each answer took, and how many were none. */
class Answers {
  readonly #times: number[] = [];
  readonly #failures: Record<string, number> = {};

  /** @param from - when it was due, in milliseconds of `performance.now()` */
  async take(answer: Promise<number>, from: number): Promise<void> {
    const status = await answer;
    if (status !== 200) {
      this.#failures[status] = (this.#failures[status] ?? 0) + 1;
    }
    this.#times.push(performance.now() - from);
  }

  summary(): Latency {
    const at = (share: number) =>
      Math.round(percentile(this.#times, share) * 10) / 10;
    return {
      requests: this.#times.length,
      failed: Object.values(this.#failures).reduce((sum, n) => sum + n, 0),
      failures: this.#failures,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      maxMs: at(1),
    };
  }
}

/** Asks that many times, one after the other. */
export async function inTurn(count: number, next: () => Ask): Promise<Latency> {
  const agent = new Agent({ keepAlive: true });
  const answers = new Answers();
  for (let index = 0; index < count; index++) {
    await answers.take(ask(agent, next()), performance.now());
  }
  agent.destroy();
  return answers.summary();
}

/**
 * Asks at an even rate whatever the answers do: a slow answer is not followed by
 * fewer questions, and what it makes wait is counted.
 */
export async function atRate(
  { perSecond, seconds }: { perSecond: number; seconds: number },
  next: () => Ask,
  signal: AbortSignal,
): Promise<Latency> {
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  const answers = new Answers();
  const asked: Promise<void>[] = [];
  const begin = performance.now();
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = begin + (index * 1000) / perSecond;
    await sleep(Math.max(0, due - performance.now()), undefined, { signal });
    asked.push(answers.take(ask(agent, next()), due));
  }
  await Promise.all(asked);
  agent.destroy();
  return answers.summary();
}
