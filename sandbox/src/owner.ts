import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Paths } from './paths.ts';
import { resolvePaths } from './paths.ts';

/** The checkout that the machine's sandbox belongs to, and its state folder. */
export interface Owner {
  repo: string;
  state: string;
}

const ownerFile = (paths: Paths) => join(paths.machine, 'owner.json');

export function readOwner(paths: Paths): Owner | undefined {
  try {
    return JSON.parse(readFileSync(ownerFile(paths), 'utf8'));
  } catch {
    return undefined;
  }
}

export function writeOwner(paths: Paths) {
  mkdirSync(paths.machine, { recursive: true, mode: 0o700 });
  const owner: Owner = { repo: paths.repo, state: paths.state };
  writeFileSync(ownerFile(paths), JSON.stringify(owner), { mode: 0o600 });
}

/** Paths of the sandbox as its owner knows them. */
export function ownerPaths(owner: Owner, mine: Paths): Paths {
  const state = dirname(owner.state);
  const cache = dirname(mine.cache);
  return {
    ...resolvePaths(
      { XDG_STATE_HOME: state, XDG_CACHE_HOME: cache },
      owner.repo,
    ),
    source: mine.source,
  };
}

/** Whether the machine's sandbox is somebody else's: another checkout, or another state folder. */
export function isForeign(
  owner: Owner | undefined,
  paths: Paths,
): owner is Owner {
  return (
    owner !== undefined &&
    (owner.repo !== paths.repo || owner.state !== paths.state)
  );
}

/** How a message names the owner. */
export const ownerName = (owner: Owner) =>
  `${owner.repo} (state in ${owner.state})`;
