import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import type { ApiServer } from './ApiServer.ts';
import { between, countRequests, total } from './requestCount.ts';
import { megabytes, round } from './numbers.ts';

/** What the watches of the plugin cost by themselves. */
export interface WatchFigures {
  /** From the start of the watches until everything of every instance is known. */
  listToReadySeconds: number;
  /** What the heap grew by, after a collection of garbage. */
  watchCacheMb: number;
  /** What the process grew by; most of it is room for what comes and goes. */
  watchProcessMb: number;
  /** Requests until everything is known. */
  requestsToReady: number;
}

/** Starts the watches in a process of their own, which nothing else is in. */
export async function watchFigures(
  { paths, signal }: Context,
  api: ApiServer,
  probe: string,
  count: number,
): Promise<WatchFigures> {
  const before = await countRequests(api);
  const answer = await run([process.execPath, '--expose-gc', probe], {
    signal,
    capture: true,
    cwd: join(paths.repo, 'plugins/mlflow-backend'),
    env: {
      BENCH_INSTANCES: String(count),
      BENCH_SERVER: api.url,
      BENCH_CA: readFileSync(join(paths.pki, 'ca.crt'), 'utf8'),
      BENCH_TOKEN: await api.token(),
    },
  });
  const asked = between(before, await countRequests(api));
  const { listToReadySeconds, heapBytes, rssBytes } = JSON.parse(answer);
  return {
    listToReadySeconds: round(listToReadySeconds),
    watchCacheMb: megabytes(heapBytes),
    watchProcessMb: megabytes(rssBytes),
    requestsToReady: total(asked),
  };
}
