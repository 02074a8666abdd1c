import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { addresses } from './addresses.ts';
import { writeConfig } from './config.ts';
import { InterruptedError, SandboxError, messageOf } from './errors.ts';
import { runGraph, withNeeds } from './graph.ts';
import { takeLock } from './lock.ts';
import {
  isForeign,
  ownerName,
  ownerPaths,
  readOwner,
  writeOwner,
} from './owner.ts';
import { findMissing, installMissing, refuseMissing } from './packages.ts';
import type { Context, Part } from './part.ts';
import { ALL, STANDARD } from './parts/index.ts';
import type { Paths } from './paths.ts';
import { takenPorts } from './ports.ts';
import { killStrays } from './processes.ts';
import { progress } from './progress.ts';
import { loadSecrets } from './secrets.ts';
import { stopParts } from './down.ts';
import { anyRunning } from './status.ts';

/** A part was not begun since one that it needs has failed. */
class NeedFailed extends SandboxError {
  constructor(part: string) {
    super(`${part} was not started, since a part that it needs has failed`);
  }
}

/** What `up` was asked for. */
export interface UpOptions {
  /** Just these parts and what they need. */
  only?: string[];
  /** These optional parts as well. */
  with?: string[];
  /** Install what is missing by apt. */
  install: boolean;
  /** Take the sandbox over from another checkout. */
  replace: boolean;
}

/** Folders of the sandbox itself, and whether their subfolders belong to it; demo and benchmarks do not. */
const OWN_CODE: [string, boolean][] = [
  ['src', false],
  ['src/parts', false],
  ['src/builds', false],
  ['files', true],
  ['go', true],
  ['chart', true],
];

/** Hash of the sandbox's own code: when it changed, `up` looks at every setting anew. */
function sourceHash(paths: Paths): string {
  const hash = createHash('sha256');
  for (const [folder, recursive] of OWN_CODE) {
    const root = join(paths.source, folder);
    const files = readdirSync(root, { recursive, withFileTypes: true })
      .filter(entry => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map(entry => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files) {
      hash.update(file.slice(root.length)).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

/** Says with which code a part's start last went through to its end. */
const stampFile = (paths: Paths, part: Part) =>
  join(paths.run, `${part.name}.ready`);

const stampOf = (paths: Paths, part: Part) =>
  existsSync(stampFile(paths, part))
    ? readFileSync(stampFile(paths, part), 'utf8')
    : undefined;

async function claim(
  paths: Paths,
  options: UpOptions,
  say: (what: string) => void,
) {
  const owner = readOwner(paths);
  if (!isForeign(owner, paths)) return;
  const theirs = ownerPaths(owner, paths);
  if (!anyRunning(theirs)) return;
  if (!options.replace) {
    throw new SandboxError(
      `The sandbox of this machine belongs to ${ownerName(
        owner,
      )}. Use it from there, or take it over with: ./yarnw sandbox up --replace`,
      { code: 3 },
    );
  }
  say(`taking over from ${owner.repo}`);
  if (theirs.state !== paths.state) await stopParts(ALL, theirs, () => {});
}

/**
 * Starts what is not up. A second run finds everything and changes nothing.
 *
 * @returns the names of the parts that this run had to start.
 * @throws SandboxError when something is missing or a part fails; InterruptedError after having stopped what this run began.
 */
export async function up(
  paths: Paths,
  options: UpOptions,
  signal: AbortSignal,
): Promise<string[]> {
  const say = progress();
  const wanted = options.only ?? STANDARD.map(part => part.name);
  const parts = withNeeds(ALL, [...wanted, ...(options.with ?? [])]);
  const release = await takeLock(paths, signal, pid =>
    say(
      'sandbox',
      `another sandbox command runs (pid ${pid}), waiting for its end`,
    ),
  );
  try {
    await claim(paths, options, what => say('sandbox', what));
    return await start(parts, paths, options, signal, say);
  } finally {
    release();
  }
}

async function start(
  parts: Part[],
  paths: Paths,
  options: UpOptions,
  signal: AbortSignal,
  say: (part: string, what: string) => void,
): Promise<string[]> {
  const missing = findMissing(parts, paths);
  if (!options.install) refuseMissing(missing);
  for (const folder of [
    paths.state,
    paths.run,
    paths.log,
    paths.pki,
    paths.tls,
    paths.data,
  ]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  const secrets = loadSecrets(paths);
  const context = (part: string): Context => ({
    paths,
    secrets,
    signal,
    say: what => say(part, what),
  });
  const hash = sourceHash(paths);
  const upAlready = new Map(
    await Promise.all(
      parts.map(
        async part =>
          [
            part.name,
            stampOf(paths, part) === hash &&
              (await part.isUp(context(part.name))),
          ] as const,
      ),
    ),
  );
  const down = parts.filter(part => !upAlready.get(part.name));
  await Promise.all(
    down.map(async part => {
      for (const name of part.processes) await killStrays(paths, name);
      await part.sweep?.(context(part.name));
    }),
  );
  const taken = takenPorts(down, paths);
  if (taken.length) {
    throw new SandboxError(
      `Something else listens where the sandbox wants to:\n${taken.join('\n')}`,
      { code: 2 },
    );
  }
  writeOwner(paths);
  const packages = missing.length
    ? installMissing(missing, paths, signal)
    : Promise.resolve();
  packages.catch(() => {}); // reported by each part that waits for it
  if (missing.length)
    say(
      'packages',
      `installing: ${missing.map(m => m.requirement.what).join(', ')}`,
    );
  const startedHere: Part[] = [];
  const failed: string[] = [];
  const work = async (part: Part, ready: Promise<void>) => {
    if (upAlready.get(part.name)) return;
    const own = context(part.name);
    try {
      if (missing.some(m => m.part === part.name)) await packages;
      const prepared = part.prepare?.(own) ?? Promise.resolve();
      prepared.catch(() => {}); // awaited below, after the needs
      await ready;
      await prepared;
      if (signal.aborted) throw new InterruptedError();
      if (!(await part.isUp(own))) startedHere.push(part);
      rmSync(stampFile(paths, part), { force: true });
      await part.start(own);
      writeFileSync(stampFile(paths, part), hash);
      own.say('ready');
    } catch (error) {
      if (!(error instanceof InterruptedError || error instanceof NeedFailed)) {
        own.say(`FAILED: ${messageOf(error)}`);
        failed.push(part.name);
      }
      throw error;
    }
  };
  try {
    await runGraph(
      parts,
      (part, ready) =>
        work(
          part,
          ready.catch(() => Promise.reject(new NeedFailed(part.name))),
        ),
      () => {},
    );
  } catch (error) {
    if (signal.aborted) {
      say('sandbox', 'interrupted, stopping what this run started');
      await stopParts(startedHere, paths, say);
      throw new InterruptedError();
    }
    throw new SandboxError(
      `Not up: ${failed.join(
        ', ',
      )} (see above). What did start stays up; after the cause is gone, run the same command again.`,
      { cause: error },
    );
  }
  if (signal.aborted) throw new InterruptedError();
  writeFileSync(
    join(paths.state, 'addresses.json'),
    `${JSON.stringify(addresses(), null, 2)}\n`,
  );
  writeConfig(paths, secrets);
  return down.map(part => part.name);
}
