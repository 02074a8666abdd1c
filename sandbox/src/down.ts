import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { takeLock } from './lock.ts';
import type { Context, Part } from './part.ts';
import { ALL } from './parts/index.ts';
import type { Paths } from './paths.ts';
import { progress } from './progress.ts';
import { loadSecrets } from './secrets.ts';
import { runningPid, stopProcess } from './processes.ts';
import { removeFolder } from './sweep.ts';

type Say = (part: string, what: string) => void;

/** Stops parts: each after the ones that need it, the rest at the same time. */
export async function stopParts(
  parts: readonly Part[],
  paths: Paths,
  say: Say,
) {
  const secrets = loadSecrets(paths);
  const { signal } = new AbortController(); // a stop is not interrupted half way
  const done = new Map<string, Promise<void>>();
  // `ALL` lists a part after what it needs, so the other way round its users come first
  for (const part of [...parts].sort(
    (a, b) => ALL.indexOf(b) - ALL.indexOf(a),
  )) {
    const context: Context = {
      paths,
      secrets,
      signal,
      say: what => say(part.name, what),
    };
    const users = parts
      .filter(other => other.needs.includes(part.name))
      .map(other => done.get(other.name));
    done.set(
      part.name,
      Promise.all(users).then(async () => {
        const ran = part.processes.some(
          name => runningPid(paths, name) !== undefined,
        );
        await part.stop(context);
        if (ran) say(part.name, 'stopped');
      }),
    );
  }
  await Promise.all(done.values());
}

/** Stops everything; data, secrets and the cache stay. */
export async function down(paths: Paths, signal: AbortSignal) {
  const say = progress();
  const release = await takeLock(paths, signal, pid =>
    say('sandbox', `waiting for pid ${pid}`),
  );
  try {
    await stopParts(ALL, paths, say);
    // processes of parts that an older version had
    for (const name of pidNames(paths)) await stopProcess(paths, name);
    await removeFolder({ signal: new AbortController().signal }, paths.run);
    rmSync(join(paths.machine, 'owner.json'), { force: true });
  } finally {
    release();
  }
}

function pidNames(paths: Paths): string[] {
  try {
    return readdirSync(paths.run)
      .filter(n => n.endsWith('.pid'))
      .map(n => n.slice(0, -'.pid'.length));
  } catch {
    return [];
  }
}

/** `down`, then away with all state: data, secrets, logs. The cache stays. */
export async function reset(paths: Paths, signal: AbortSignal) {
  await down(paths, signal);
  const context = { signal: new AbortController().signal };
  await removeFolder(context, paths.state);
  rmSync(dirname(paths.postgres), { recursive: true, force: true });
}
