import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { InterruptedError, SandboxError } from './errors.ts';

/** How a command is run to its end. */
export interface RunOptions {
  signal: AbortSignal;
  cwd?: string;
  /** Added to the environment. */
  env?: Record<string, string>;
  /** Written to its standard input: the place for secrets, which argv is not. */
  input?: string | Buffer;
  /** File that gets what it prints on stderr (and on stdout, unless `capture`). */
  log?: string;
  /** Give stdout back instead of logging it. */
  capture?: boolean;
  uid?: number;
  gid?: number;
}

/** The last lines of a log, for an error message. */
export function tail(file: string, lines = 6): string {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .join('\n');
  } catch {
    return '';
  }
}

/** Opens a log for appending; its folder may not be there yet. */
function openLog(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return openSync(file, 'a', 0o600);
}

function killGroup(pid: number | undefined) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // the group is gone already
  }
}

/**
 * Runs a command in its own process group and waits for its end. On abort the whole group is killed.
 *
 * @throws SandboxError with the end of its output when it fails; InterruptedError on abort.
 */
export async function run(
  argv: string[],
  options: RunOptions,
): Promise<string> {
  const { signal, log, capture } = options;
  if (signal.aborted) throw new InterruptedError();
  const logFd = log ? openLog(log) : undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      const child = spawn(argv[0], argv.slice(1), {
        cwd: options.cwd,
        env: { ...process.env, ...options.env },
        uid: options.uid,
        gid: options.gid,
        detached: true,
        stdio: [
          'pipe',
          capture || logFd === undefined ? 'pipe' : logFd,
          logFd ?? 'pipe',
        ],
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout?.on('data', chunk => out.push(chunk));
      child.stderr?.on('data', chunk => err.push(chunk));
      const abort = () => killGroup(child.pid);
      signal.addEventListener('abort', abort, { once: true });
      child.on('error', cause =>
        reject(
          new SandboxError(
            `${argv[0]} could not be started: ${cause.message}`,
            { cause },
          ),
        ),
      );
      child.stdin?.on('error', () => {}); // it may end before it has read everything
      child.stdin?.end(options.input);
      child.on('close', code => {
        signal.removeEventListener('abort', abort);
        if (signal.aborted) reject(new InterruptedError());
        else if (code === 0) resolve(Buffer.concat(out).toString());
        else {
          const said = log ? tail(log) : Buffer.concat(err).toString().trim();
          const where = log ? ` (all of it: ${log})` : '';
          reject(
            new SandboxError(`${argv[0]} ended with ${code}${where}:\n${said}`),
          );
        }
      });
    });
  } finally {
    if (logFd !== undefined) closeSync(logFd);
  }
}

/** Whether a command ends with 0. */
export async function succeeds(
  argv: string[],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await run(argv, { signal });
    return true;
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    return false;
  }
}
