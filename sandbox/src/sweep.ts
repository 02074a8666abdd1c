import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { run, succeeds } from './exec.ts';
import type { Context } from './part.ts';
import { identify, isAlive, listProcesses, mountsBelow } from './procfs.ts';
import type { ProcessView } from './procfs.ts';

/** Kills processes that a part's killed process left behind; `mine` must be true for those alone. */
export async function killLeftovers(mine: (process: ProcessView) => boolean) {
  const found = listProcesses()
    .filter(view => view.pid !== process.pid && mine(view))
    .flatMap(view => identify(view.pid) ?? []);
  for (const known of found) {
    if (!isAlive(known)) continue;
    try {
      process.kill(known.pid, 'SIGKILL');
    } catch {
      // it ended by itself
    }
  }
  for (const known of found) {
    for (let tries = 0; isAlive(known) && tries < 100; tries++) await sleep(20);
  }
}

/** Unmounts everything at or below a folder of the sandbox. */
export async function unmountBelow(
  { signal }: Pick<Context, 'signal'>,
  folder: string,
) {
  // a mount may cover another one on the same point, so look again until none is left
  for (let round = 0; round < 10; round++) {
    const mounts = mountsBelow(folder, readFileSync('/proc/mounts', 'utf8'));
    if (!mounts.length) return;
    for (const mount of mounts) await succeeds(['umount', '-l', mount], signal);
  }
}

/** Removes a folder that may hold mounts. */
export async function removeFolder(
  context: Pick<Context, 'signal'>,
  folder: string,
) {
  await unmountBelow(context, folder);
  rmSync(folder, { recursive: true, force: true });
}

/** Runs a command whose failure is of no matter, such as the removal of what is gone. */
export async function attempt(argv: string[], signal: AbortSignal) {
  await run(argv, { signal }).catch(() => {});
}
