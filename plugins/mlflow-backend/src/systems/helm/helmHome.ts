import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'backstage-mlflow-helm-';

/** No helm command runs for that long. */
const LEFT_BEHIND_MS = 10 * 60_000;

/**
 * A folder for one helm command, which holds its access to the cluster and goes
 * with it.
 *
 * @param parent - where it is made
 */
export async function withHelmHome<T>(
  work: (home: string) => Promise<T>,
  parent = tmpdir(),
): Promise<T> {
  const home = await mkdtemp(join(parent, PREFIX));
  try {
    return await work(home);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Removes the folders that a backend which was killed has left behind. */
export async function sweepHelmHomes(
  parent = tmpdir(),
  now = Date.now(),
): Promise<void> {
  const homes = (await readdir(parent)).filter(name => name.startsWith(PREFIX));
  await Promise.all(
    homes.map(async name => {
      const home = join(parent, name);
      const { mtimeMs } = await stat(home);
      if (now - mtimeMs > LEFT_BEHIND_MS) {
        await rm(home, { recursive: true, force: true });
      }
    }),
  ).catch(() => undefined);
}
