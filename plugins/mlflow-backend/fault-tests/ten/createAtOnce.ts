import { kubectl } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { withLanes } from '../LanePool.ts';
import type { Worker } from '../LanePool.ts';
import { phaseOf, startCreation, waitForEnd } from '../lane/tasks.ts';
import { lastLines } from '../modes/judge.ts';
import { since } from '../modes/Trial.ts';
import { accessOf, crossTalk } from './crossTalk.ts';

/** Ten servers start on one machine: each is slower than alone. */
const TEN_MS = 15 * 60_000;

/** Makes several instances at once by one backend. @returns how many faults there are */
export function createAtOnce(
  context: Context,
  { first, count }: { first: number; count: number },
): Promise<number> {
  return withLanes(context, { first, count: 1 }, async ([worker]) => {
    const instances = Array.from({ length: count }, () => worker.newInstance());
    try {
      await worker.lane.serve('');
      const faults = await judge(context, worker, instances);
      faults.forEach(fault => process.stdout.write(`FAILED ${fault}\n`));
      process.stdout.write(`${count} at once: ${faults.length} faults\n`);
      return faults.length;
    } finally {
      for (const instance of instances) await worker.remove(instance);
    }
  });
}

async function judge(
  context: Context,
  worker: Worker,
  instances: string[],
): Promise<string[]> {
  const begin = performance.now();
  const made = await Promise.all(
    instances.map(instance => makeOne(context, worker, instance)),
  );
  context.say(`all ended after ${since(begin)} s`);
  const restarts = await Promise.all(
    instances.map(instance => restartsOf(context, instance)),
  );
  const failed = [...made, ...restarts].flat();
  if (failed.length > 0) return failed;
  const access = await Promise.all(
    instances.map(instance => accessOf(context, instance)),
  );
  const { faults, tried } = await crossTalk(context, access);
  context.say(`${tried} doors tried`);
  return faults;
}

async function makeOne(
  context: Context,
  worker: Worker,
  instance: string,
): Promise<string[]> {
  const user = await worker.user();
  const id = await startCreation(user, instance);
  const end = await waitForEnd(user, id, {
    timeoutMs: TEN_MS,
    signal: context.signal,
  });
  if (end.status !== 'completed') {
    return [`${instance} ended ${end.status}: ${lastLines(end)}`];
  }
  const phase = await phaseOf(user, instance);
  return phase === 'Ready' ? [] : [`${instance} is ${phase}, not Ready`];
}

/** A probe that is too strict for a slow start shows as a restart. */
async function restartsOf(
  context: Context,
  instance: string,
): Promise<string[]> {
  const counts = await kubectl(
    context,
    'get',
    'pods',
    '-n',
    `mlflow-${instance}`,
    '-o',
    'jsonpath={.items[*].status.containerStatuses[*].restartCount}',
  );
  const restarts = counts.split(' ').map(Number);
  return restarts.length > 0 && restarts.every(count => count === 0)
    ? []
    : [`${instance}: containers restarted ${counts || '(no pod)'} times`];
}
