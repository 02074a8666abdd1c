import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from './errors.ts';
import { run } from './exec.ts';
import type { Part, Requirement } from './part.ts';
import type { Paths } from './paths.ts';
import { missingMessage } from './requirements.ts';

/** What a part misses on this machine. */
export interface Missing {
  part: string;
  requirement: Requirement;
}

export function findMissing(parts: readonly Part[], paths: Paths): Missing[] {
  return parts.flatMap(part =>
    part
      .requirements(paths)
      .filter(requirement => !requirement.present())
      .map(requirement => ({ part: part.name, requirement })),
  );
}

const uniqueByWhat = (missing: Missing[]) => [
  ...new Map(missing.map(m => [m.requirement.what, m.requirement])).values(),
];

/**
 * Installs the packages of what is missing.
 *
 * @throws SandboxError with the whole list when no package brings it, or the machine is not Debian's.
 */
export async function installMissing(
  missing: Missing[],
  paths: Paths,
  signal: AbortSignal,
) {
  const requirements = uniqueByWhat(missing);
  const packages = [...new Set(requirements.flatMap(r => r.packages ?? []))];
  if (
    requirements.some(r => !r.packages?.length) ||
    !existsSync('/etc/debian_version')
  ) {
    throw new SandboxError(missingMessage(requirements));
  }
  const options = {
    signal,
    log: join(paths.log, 'packages.log'),
    // RUNLEVEL: Debian then starts no daemon of a package
    env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  };
  await run(['apt-get', 'update', '-q'], options);
  await run(
    ['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages],
    options,
  );
  const still = requirements.filter(r => !r.present());
  if (still.length) throw new SandboxError(missingMessage(still));
}

/** @throws SandboxError with one list of all that is missing. */
export function refuseMissing(missing: Missing[]) {
  if (missing.length)
    throw new SandboxError(missingMessage(uniqueByWhat(missing)), { code: 2 });
}
