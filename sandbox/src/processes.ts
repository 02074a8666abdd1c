import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError, SandboxError } from './errors.ts';
import { tail } from './exec.ts';
import type { Context } from './part.ts';
import type { Paths } from './paths.ts';
import { identify, isAlive, markedProcesses } from './procfs.ts';
import type { ProcessIdentity } from './procfs.ts';

/** A process to keep running after this command has ended. */
export interface ProcessSpec {
  name: string;
  argv: string[];
  /** Added to the environment: the place for secrets, which argv is not. */
  env?: Record<string, string>;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** Content of its config files; when it changes the process is started anew. */
  config?: string[];
}

/** Environment variable that every kept process has, and its children. */
const MARK = 'MLFLOW_SANDBOX_PROCESS';
const mark = (paths: Paths, name: string) => `${paths.state}:${name}`;

interface PidFile extends ProcessIdentity {
  fingerprint: string;
}

const pidFile = (paths: Paths, name: string) => join(paths.run, `${name}.pid`);

export const logFile = (paths: Paths, name: string) =>
  join(paths.log, `${name}.log`);

/** What a process was started with, so that a changed setting is seen. */
export function fingerprint(spec: ProcessSpec): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        spec.argv,
        spec.env ?? {},
        spec.cwd,
        spec.uid,
        spec.config ?? [],
      ]),
    )
    .digest('hex');
}

function readPid(paths: Paths, name: string): PidFile | undefined {
  try {
    return JSON.parse(readFileSync(pidFile(paths, name), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Pid of a kept process if it still is the one that was started. */
export function runningPid(paths: Paths, name: string): number | undefined {
  const known = readPid(paths, name);
  return known && isAlive(known) ? known.pid : undefined;
}

export const allRunning = (paths: Paths, names: readonly string[]) =>
  names.every(name => runningPid(paths, name) !== undefined);

/**
 * Starts a process in a session of its own, with log and pid file. One that
 * runs with the same settings is left alone, one with other settings replaced.
 *
 * @throws SandboxError when it can't be started.
 */
export async function keepRunning(
  context: Context,
  spec: ProcessSpec,
): Promise<void> {
  const { paths, signal } = context;
  if (signal.aborted) throw new InterruptedError();
  const wanted = fingerprint(spec);
  if (runningPid(paths, spec.name) !== undefined) {
    if (readPid(paths, spec.name)?.fingerprint === wanted) return;
    await stopProcess(paths, spec.name);
  }
  mkdirSync(paths.run, { recursive: true, mode: 0o700 });
  const log = logFile(paths, spec.name);
  if (existsSync(log)) renameSync(log, `${log}.1`);
  const fd = openSync(log, 'a', 0o600);
  try {
    const child = spawn(spec.argv[0], spec.argv.slice(1), {
      cwd: spec.cwd ?? '/',
      env: {
        ...process.env,
        ...spec.env,
        [MARK]: mark(paths, spec.name),
      },
      uid: spec.uid,
      gid: spec.gid,
      detached: true,
      stdio: ['ignore', fd, fd],
    });
    await once(child, 'spawn');
    child.unref();
    const identity = child.pid === undefined ? undefined : identify(child.pid);
    if (!identity) {
      throw new SandboxError(
        `${spec.name} ended at once (${log}):\n${tail(log)}`,
      );
    }
    const content: PidFile = { ...identity, fingerprint: wanted };
    const file = pidFile(paths, spec.name);
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (cause) {
    if (cause instanceof SandboxError) throw cause;
    throw new SandboxError(
      `${spec.argv[0]} could not be started for ${spec.name}`,
      { cause },
    );
  } finally {
    closeSync(fd);
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal);
  } catch {
    // gone meanwhile
  }
}

/**
 * Kills what lives on of a kept process that is gone or whose pid file was
 * lost, such as the program below a start script. A process that runs as it
 * should is left alone.
 */
export async function killStrays(paths: Paths, name: string): Promise<void> {
  if (runningPid(paths, name) !== undefined) return;
  const strays = markedProcesses(`${MARK}=${mark(paths, name)}`);
  for (const { pid } of strays) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // gone meanwhile
    }
  }
  while (strays.some(stray => isAlive(stray))) await sleep(30);
}

/** Stops a kept process and its group, after `graceMs` by force. One that is not ours any more is left alone. */
export async function stopProcess(
  paths: Paths,
  name: string,
  options: { signal?: NodeJS.Signals; graceMs?: number } = {},
): Promise<void> {
  const known = readPid(paths, name);
  if (known && isAlive(known)) {
    signalGroup(known.pid, options.signal ?? 'SIGTERM');
    const end = Date.now() + (options.graceMs ?? 10_000);
    while (isAlive(known) && Date.now() < end) await sleep(30);
    if (isAlive(known)) signalGroup(known.pid, 'SIGKILL');
    while (isAlive(known)) await sleep(30);
  }
  await killStrays(paths, name);
  rmSync(pidFile(paths, name), { force: true });
}

/**
 * Waits until `probe` is true.
 *
 * @throws SandboxError when a process of the part dies meanwhile or the time (ms) is over.
 */
export async function waitUntil(
  context: Context,
  what: string,
  processes: readonly string[],
  probe: () => Promise<boolean>,
  timeoutMs = 120_000,
): Promise<void> {
  const { paths, signal } = context;
  const end = Date.now() + timeoutMs;
  for (let pause = 25; ; pause = Math.min(pause * 1.5, 250)) {
    if (signal.aborted) throw new InterruptedError();
    if (await probe()) return;
    for (const name of processes) {
      if (runningPid(paths, name) === undefined) {
        const log = logFile(paths, name);
        throw new SandboxError(
          `${name} died (all of its log: ${log}):\n${tail(log)}`,
        );
      }
    }
    if (Date.now() > end) {
      const logs = processes.map(name => logFile(paths, name)).join(', ');
      throw new SandboxError(
        `${what}: not ready after ${timeoutMs / 1000} s; see ${logs}`,
      );
    }
    await sleep(pause);
  }
}
