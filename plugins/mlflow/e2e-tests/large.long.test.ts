import { expect, test } from '@playwright/test';
import { LINES } from 'backstage-plugin-mlflow-common';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import { newName, TestInstance, sharedInstance } from './instances';
import { accessToken } from './mlflowApi';
import { runClient } from './pythonClient';
import { paths } from './sandbox';
import { podMemory, runningPod } from './serverPod';

const GIB = 1024;
/** More than this, and the server holds what it should pass on. MiB. */
const FLAT = 300;
const MINUTES_20 = 20 * 60_000;

/** Looks at a pod's memory until the work has ended. */
async function highest<T>(
  instance: TestInstance,
  work: Promise<T>,
): Promise<{ result: T; memory: number }> {
  const pod = await runningPod(instance);
  let memory = podMemory(pod);
  const timer = setInterval(() => {
    memory = Math.max(memory, podMemory(pod));
  }, 500);
  try {
    return { result: await work, memory };
  } finally {
    clearInterval(timer);
  }
}

for (const line of LINES) {
  test(`line ${line}: 2 GiB go up and come down through the ingress, and the server's memory stays flat`, async () => {
    test.setTimeout(2 * MINUTES_20);
    const instance = await sharedInstance(line);
    const login = {
      MLFLOW_TRACKING_USERNAME: demoUser(paths, 'member').username,
      MLFLOW_TRACKING_PASSWORD: await accessToken(instance, 'member'),
    };
    const before = podMemory(await runningPod(instance));
    const up = await highest(
      instance,
      runClient<{ run: string; sha256: string; seconds: number }>(
        instance,
        login,
        ['send', `large-${newName()}`, String(2 * GIB)],
        MINUTES_20,
      ),
    );
    const down = await highest(
      instance,
      runClient<{ bytes: number; sha256: string; seconds: number }>(
        instance,
        login,
        ['fetch', up.result.run],
        MINUTES_20,
      ),
    );
    test.info().annotations.push({
      type: 'figures',
      description: `memory ${before.toFixed()} MiB before; up ${up.result.seconds.toFixed()} s, at most ${up.memory.toFixed()} MiB; down ${down.result.seconds.toFixed()} s, at most ${down.memory.toFixed()} MiB`,
    });
    expect(down.result.bytes).toBe(2 * GIB * 2 ** 20);
    expect(down.result.sha256).toBe(up.result.sha256);
    expect(up.memory - before).toBeLessThan(FLAT);
    expect(down.memory - before).toBeLessThan(FLAT);
  });
}
