import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import type { Context } from '../part.ts';
import type { Paths } from '../paths.ts';

/** Something built or downloaded once; `inputs` say all that its content depends on. */
export interface Build {
  name: string;
  inputs(paths: Paths): string[];
  /** Fills an empty folder. */
  make(context: Context, folder: string, log: string): Promise<void>;
}

/** Folder name of a build: its name and a hash of its inputs. */
export function buildKey(name: string, inputs: readonly string[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify(inputs))
    .digest('hex');
  return `${name}-${hash.slice(0, 12)}`;
}

export const buildFolder = (paths: Paths, build: Build) =>
  join(paths.cache, buildKey(build.name, build.inputs(paths)));

export const isBuilt = (paths: Paths, build: Build) =>
  existsSync(buildFolder(paths, build));

/** Names and contents of all files below a source folder, for `inputs`. */
export const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
    .flatMap(file => [relative(folder, file), readFileSync(file, 'utf8')]);

const running = new Map<string, Promise<string>>();

async function makeInto(
  context: Context,
  wanted: Build,
  folder: string,
): Promise<string> {
  const { paths } = context;
  mkdirSync(paths.cache, { recursive: true, mode: 0o700 });
  const work = `${folder}.unfinished`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { mode: 0o755 });
  try {
    await wanted.make(
      context,
      work,
      join(paths.log, `build-${wanted.name}.log`),
    );
    renameSync(work, folder); // a folder with the final name is always whole
    return folder;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The build's folder in the cache; made when it is not there. Several parts may ask for the same one. */
export function built(context: Context, wanted: Build): Promise<string> {
  const folder = buildFolder(context.paths, wanted);
  if (existsSync(folder)) return Promise.resolve(folder);
  const known = running.get(folder);
  if (known) return known;
  const result = makeInto(context, wanted, folder);
  running.set(folder, result);
  result.catch(() => running.delete(folder));
  return result;
}
