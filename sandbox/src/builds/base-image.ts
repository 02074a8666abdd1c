import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../exec.ts';
import type { Context } from '../part.ts';
import type { Build } from './cache.ts';

const SUITE = 'trixie';
const PACKAGES = ['ca-certificates', 'python3', 'python3-venv'];

/** What an image needs neither at build nor at run. */
const EMPTIED = [
  'var/cache/apt',
  'var/lib/apt/lists',
  'var/log',
  'usr/share/doc',
  'usr/share/man',
  'usr/share/locale',
  'tmp',
];

/** The Debian mirror that this machine's apt uses; empty when apt knows none, and debootstrap takes its default. */
async function mirror({ signal }: Context): Promise<string[]> {
  const out = await run(
    [
      'apt-get',
      'indextargets',
      '--format',
      '$(REPO_URI)',
      'Created-By: Packages',
      'Origin: Debian',
      'Codename: bookworm',
    ],
    { signal, capture: true },
  );
  return out.split('\n').filter(Boolean).slice(0, 1);
}

/** Root file system of the base image as `root.tar`. */
export const baseImageBuild: Build = {
  name: 'base-image',
  inputs: () => [SUITE, ...PACKAGES, ...EMPTIED],
  async make(context, folder, log) {
    const { signal, say } = context;
    say(`making Debian ${SUITE} (1 to 3 minutes the first time)`);
    const root = join(folder, 'root');
    await run(
      [
        'debootstrap',
        '--variant=minbase',
        `--include=${PACKAGES.join(',')}`,
        SUITE,
        root,
        ...(await mirror(context)),
      ],
      { signal, log },
    );
    for (const path of EMPTIED) {
      for (const name of readdirSync(join(root, path)))
        rmSync(join(root, path, name), { recursive: true, force: true });
    }
    mkdirSync(join(root, 'var/lib/apt/lists/partial'), { recursive: true });
    mkdirSync(join(root, 'var/cache/apt/archives/partial'), {
      recursive: true,
    });
    await run(
      [
        'tar',
        '-C',
        root,
        '--numeric-owner',
        '-cf',
        join(folder, 'root.tar'),
        '.',
      ],
      { signal, log },
    );
    rmSync(root, { recursive: true });
  },
};
