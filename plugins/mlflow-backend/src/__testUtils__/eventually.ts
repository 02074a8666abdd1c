import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is yes. @throws Error after ten seconds of no */
export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const until = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > until) {
      throw new Error(`Not within ten seconds: ${what}`);
    }
    await sleep(20);
  }
}
