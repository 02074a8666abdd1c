import { expect, test } from '@playwright/test';
import { LINES } from 'backstage-plugin-mlflow-common';
import { sharedInstance } from './instances';
import { pythonInPod, runningPod, serverPods } from './serverPod';

/** A little more than size S may have in `/tmp`. GiB. */
const TOO_MUCH = 9;

for (const line of LINES) {
  test(`line ${line}: who fills /tmp beyond its limit is put out, and a new server comes`, async () => {
    test.setTimeout(10 * 60_000);
    const instance = await sharedInstance(line);
    const before = await runningPod(instance);
    await pythonInPod(
      instance,
      before,
      `import os; os.posix_fallocate(os.open("/tmp/full", os.O_CREAT | os.O_RDWR), 0, ${TOO_MUCH} << 30)`,
    );
    await expect
      .poll(
        async () =>
          (
            await serverPods(instance)
          ).find(({ metadata }) => metadata.uid === before.metadata.uid)?.status
            .reason,
        { timeout: 240_000 },
      )
      .toBe('Evicted');
    await expect
      .poll(
        async () =>
          (
            await serverPods(instance)
          ).some(({ status }) => status.phase === 'Running'),
        { timeout: 120_000 },
      )
      .toBe(true);
  });
}
