import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Requirement } from './part.ts';

/** Where programs for root are, and Go. */
export const SEARCH = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
  '/usr/local/go/bin',
];

/** Full path of a program on the PATH or where Debian keeps the ones for root. */
export function findProgram(
  name: string,
  env = process.env,
): string | undefined {
  const folders = [...(env.PATH ?? '').split(':'), ...SEARCH].filter(Boolean);
  return folders
    .map(folder => join(folder, name))
    .find(path => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** A program and the Debian package that has it. */
export function program(
  name: string,
  packages: string[],
  advice?: string,
): Requirement {
  return {
    what: name,
    packages: packages.length ? packages : undefined,
    advice,
    present: () => findProgram(name) !== undefined,
  };
}

/** A file and the Debian package that has it. */
export function file(path: string, packages: string[]): Requirement {
  return { what: path, packages, present: () => existsSync(path) };
}

/** One message for all that is missing, with the one line that mends it. */
export function missingMessage(missing: Requirement[]): string {
  const packages = [...new Set(missing.flatMap(r => r.packages ?? []))].sort();
  const advice = [...new Set(missing.flatMap(r => r.advice ?? []))];
  const lines = [
    'The sandbox needs some things that this machine does not have:',
  ];
  for (const requirement of missing) lines.push(`  - ${requirement.what}`);
  if (packages.length) {
    lines.push(
      '',
      `apt-get update && apt-get install -y --no-install-recommends ${packages.join(
        ' ',
      )}`,
    );
    lines.push('(or run this command again with --install)');
  }
  for (const line of advice) lines.push('', line);
  return lines.join('\n');
}
