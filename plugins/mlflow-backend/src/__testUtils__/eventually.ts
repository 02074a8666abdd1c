import { setTimeout as sleep } from 'node:timers/promises';

/** Asks until the answer is yes. @throws Error after so many seconds of no */
export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { seconds }: { seconds: number } = { seconds: 10 },
): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > until) {
      throw new Error(`Not within ${seconds} seconds: ${what}`);
    }
    await sleep(20);
  }
}
