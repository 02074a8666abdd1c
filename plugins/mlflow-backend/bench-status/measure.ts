import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { callPortal } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import type { PortalUser } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import { SandboxError } from '@internal/mlflow-sandbox/src/errors.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import type { ApiServer } from './ApiServer.ts';
import { atRate, inTurn } from './load.ts';
import type { Ask, Latency } from './load.ts';
import { megabytes, round } from './numbers.ts';
import { entityOf } from './objects.ts';
import { between, countRequests, total } from './requestCount.ts';
import type { Requests } from './requestCount.ts';

const RATE = { perSecond: 50, seconds: 20 };
const LISTS = 20;
const CATALOG_MS = 600_000;

/** Views of one kind under load. */
export interface Views extends Latency {
  /** Requests that the API server counted, beyond those of a quiet time as long. */
  apiServerRequestsPerView: number;
  /** What the whole portal computed, divided by the views. */
  cpuMsPerView: number;
}

/** What views cost. */
export interface Figures {
  /** Of the status. */
  p50Ms: number;
  p95Ms: number;
  apiServerRequestsPerView: number;
  status: Views;
  workload: Views;
  /** Each answer holds all instances. */
  list: Views;
  /** Asks the API server at each view. */
  plain: Views;
  /** Requests to the API server in a time of the same length without views. */
  quietRequests: Requests;
  /** Memory of the whole portal. */
  portalMb: number;
}

/** Measures a portal that runs, with that many instances in its cluster. */
export async function measure(
  context: Context,
  at: {
    api: ApiServer;
    users: PortalUser[];
    portal: string;
    pid: number | undefined;
    count: number;
  },
): Promise<Figures> {
  const { api, users, count, portal } = at;
  const { signal, say } = context;
  await waitForCatalog(context, users[0], count);
  const pick = <T>(of: readonly T[]) =>
    of[Math.floor(Math.random() * of.length)];
  const view = (plugin: string, what: string) => (): Ask => ({
    url: `${portal}/api/${plugin}/entity/default/component/${entityOf(
      Math.floor(Math.random() * count),
    )}/${what}`,
    token: pick(users).token,
  });
  const rate = (next: () => Ask) => () => atRate(RATE, next, signal);

  say('quiet time');
  const quiet = await counted(api, async () => {
    await sleep(RATE.seconds * 1000, undefined, { signal });
    return undefined;
  });
  const views = async (what: string, ask: () => Promise<Latency>) => {
    say(what);
    const from = cpuMs(at.pid);
    const { value, requests } = await counted(api, ask);
    const computed = cpuMs(at.pid) - from;
    const more = total(requests) - total(quiet.requests);
    return {
      ...value,
      apiServerRequestsPerView: round(Math.max(0, more) / value.requests),
      cpuMsPerView: round(computed / value.requests),
    };
  };
  const status = await views('status', rate(view('mlflow/v1', 'status')));
  const workload = await views('workload', rate(view('mlflow/v1', 'workload')));
  const list = await views('list', () =>
    inTurn(LISTS, () => ({
      url: `${portal}/api/mlflow/v1/instances`,
      token: pick(users).token,
    })),
  );
  const plain = await views('plain', rate(view('mlflow-plain', 'status')));
  return {
    p50Ms: status.p50Ms,
    p95Ms: status.p95Ms,
    apiServerRequestsPerView: status.apiServerRequestsPerView,
    status,
    workload,
    list,
    plain,
    quietRequests: quiet.requests,
    portalMb: residentMb(at.pid),
  };
}

async function counted<T>(
  api: ApiServer,
  what: () => Promise<T>,
): Promise<{ value: T; requests: Requests }> {
  const before = await countRequests(api);
  const value = await what();
  return { value, requests: between(before, await countRequests(api)) };
}

/** Until the catalog has an entity of each, and the list too. */
async function waitForCatalog(
  { signal, say }: Context,
  user: PortalUser,
  count: number,
): Promise<void> {
  say(`waiting for ${count} entities`);
  for (const end = Date.now() + CATALOG_MS; ; ) {
    const { body } = await callPortal<{ totalItems?: number }>(
      user,
      'GET',
      '/api/catalog/entities/by-query?limit=0&filter=metadata.annotations.mlflow.org%2Finstance',
    );
    if (body.totalItems === count) return;
    if (Date.now() > end) {
      throw new SandboxError(
        `The catalog has ${body.totalItems} entities of ${count}`,
      );
    }
    await sleep(1_000, undefined, { signal });
  }
}

function residentMb(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = status.match(/^VmRSS:\s+(\d+) kB$/m)?.[1];
  return megabytes(Number(kilobytes) * 1024);
}

/** Processor time of a process since its start; Linux counts it in 10 ms. */
function cpuMs(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
