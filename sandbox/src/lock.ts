import {
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError } from './errors.ts';
import type { Paths } from './paths.ts';
import { identify, isAlive } from './procfs.ts';
import type { ProcessIdentity } from './procfs.ts';

function holder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * Takes the machine's lock; a second command waits for the first one's end. A
 * lock whose holder is dead is taken over.
 *
 * @returns a function that gives it back.
 */
export async function takeLock(
  paths: Paths,
  signal: AbortSignal,
  onWait: (pid: number) => void,
): Promise<() => void> {
  mkdirSync(paths.machine, { recursive: true, mode: 0o700 });
  const file = join(paths.machine, 'lock');
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(identify(process.pid)), { mode: 0o600 });
  let told = false;
  try {
    for (;;) {
      if (signal.aborted) throw new InterruptedError();
      try {
        linkSync(mine, file); // atomic, and never an empty file
        return () => rmSync(file, { force: true });
      } catch {
        const other = holder(file);
        if (other && isAlive(other)) {
          if (!told) onWait(other.pid);
          told = true;
          await sleep(200);
        } else {
          rmSync(file, { force: true });
        }
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}
