import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '@internal/mlflow-sandbox/src/bench/statistics.ts';

/** How long the answers took, in milliseconds. */
export interface Latency {
  requests: number;
  /** Answers that were no 200, and requests without one. */
  failed: number;
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
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
  });
}

/** Asks that many times, one after the other. */
export async function inTurn(count: number, next: () => Ask): Promise<Latency> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  let failed = 0;
  for (let index = 0; index < count; index++) {
    const from = performance.now();
    failed += (await ask(agent, next())) === 200 ? 0 : 1;
    times.push(performance.now() - from);
  }
  agent.destroy();
  return summary(times, failed);
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
  const times: number[] = [];
  const asked: Promise<void>[] = [];
  let failed = 0;
  const begin = performance.now();
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = begin + (index * 1000) / perSecond;
    await sleep(Math.max(0, due - performance.now()), undefined, { signal });
    asked.push(
      ask(agent, next()).then(status => {
        failed += status === 200 ? 0 : 1;
        times.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(asked);
  agent.destroy();
  return summary(times, failed);
}

function summary(times: number[], failed: number): Latency {
  const at = (share: number) => Math.round(percentile(times, share) * 10) / 10;
  return {
    requests: times.length,
    failed,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    maxMs: at(1),
  };
}
