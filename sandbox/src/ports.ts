import { readFileSync } from 'node:fs';
import type { Part } from './part.ts';
import type { Paths } from './paths.ts';
import { runningPid } from './processes.ts';
import { listeners } from './procfs.ts';

/** Addresses that a part wants and another program has; a listener on all addresses has every one. */
export function conflicts(
  wanted: readonly string[],
  listening: readonly string[],
): string[] {
  const all = new Set(listening);
  return wanted.filter(
    address =>
      all.has(address) || all.has(`0.0.0.0:${address.split(':').pop()}`),
  );
}

/** Lines for the message: which part, which address. Parts with a living process of their own are left out. */
export function takenPorts(parts: readonly Part[], paths: Paths): string[] {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map(file =>
    listeners(readFileSync(file, 'utf8')),
  );
  return parts
    .filter(part =>
      part.processes.every(name => runningPid(paths, name) === undefined),
    )
    .flatMap(part =>
      conflicts(part.listens ?? [], tables.flat()).map(
        address => `  - ${address} (${part.name})`,
      ),
    );
}
