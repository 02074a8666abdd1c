import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** What identifies a process for good: a pid is reused, this triple is not. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks after boot, field 22 of `/proc/<pid>/stat`. */
  startTicks: string;
  bootId: string;
}

/** State letter and start time of a `/proc/<pid>/stat` line; the name in it may hold spaces and brackets. */
export function parseStat(stat: string): {
  state: string;
  startTicks: string;
} {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    state: fields[0],
    startTicks: fields[19],
  };
}

export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function threads(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).length;
  } catch {
    return 0;
  }
}

/** Identity of a living process; undefined for one that is gone or a zombie. */
export function identify(pid: number): ProcessIdentity | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (!stat) return undefined;
  const { state, startTicks } = parseStat(stat);
  // a zombie with other threads still holds its files and ports
  if (state === 'X' || (state === 'Z' && threads(pid) <= 1)) return undefined;
  return { pid, startTicks, bootId: bootId() };
}

/** Whether exactly this process still lives (not another one with its pid). */
export function isAlive(
  known: ProcessIdentity,
  now: ProcessIdentity | undefined = identify(known.pid),
): boolean {
  return (
    now !== undefined &&
    now.pid === known.pid &&
    now.startTicks === known.startTicks &&
    now.bootId === known.bootId
  );
}

/** A process as `/proc` shows it. */
export interface ProcessView {
  pid: number;
  argv: string[];
  cgroup: string;
  /** Working folder; empty when it can't be read. */
  cwd: string;
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

export function listProcesses(): ProcessView[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(name => ({
      pid: Number(name),
      argv: (read(`/proc/${name}/cmdline`) ?? '').split('\0').slice(0, -1),
      cgroup: read(`/proc/${name}/cgroup`) ?? '',
      cwd: link(`/proc/${name}/cwd`),
    }));
}

/**
 * Processes whose environment has this entry (`NAME=value`): a child has it
 * from its parent, so it tells whose a process is after all else is lost.
 */
export function markedProcesses(entry: string): ProcessIdentity[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => read(`/proc/${name}/environ`)?.split('\0').includes(entry))
    .flatMap(name => identify(Number(name)) ?? []);
}

/** Mount points at or below a folder, deepest and newest first, from `/proc/mounts`. */
export function mountsBelow(folder: string, mounts: string): string[] {
  return mounts
    .split('\n')
    .map(line => line.split(' ')[1] ?? '')
    .map(path =>
      path.replace(/\\([0-7]{3})/g, (_, octal) =>
        String.fromCharCode(parseInt(octal, 8)),
      ),
    )
    .filter(path => path === folder || path.startsWith(`${folder}/`))
    .reverse();
}

/** Ports that something listens on, as `address:port` with IPv4 in dots, from `/proc/net/tcp`. */
export function listeners(table: string): string[] {
  return table
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(fields => fields[3] === '0A')
    .map(fields => {
      const [address, port] = fields[1].split(':');
      const dotted = address
        .slice(0, 8)
        .match(/../g)!
        .reverse()
        .map(byte => parseInt(byte, 16))
        .join('.');
      return `${dotted}:${parseInt(port, 16)}`;
    });
}
