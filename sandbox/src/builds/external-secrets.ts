import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../exec.ts';
import type { Paths } from '../paths.ts';
import { findProgram } from '../requirements.ts';
import { sources } from './cache.ts';
import type { Build } from './cache.ts';
import { goBuild, GO_ENVIRONMENT, moduleVersion } from './go.ts';

const MODULE = 'github.com/external-secrets/external-secrets';

/** The kinds that a namespace's secrets need, and one that it does not start without; none for a whole cluster. */
const CRDS = [
  'external-secrets.io_externalsecrets',
  'external-secrets.io_secretstores',
  'generators.external-secrets.io_generatorstates',
];

const source = (paths: Paths) => join(paths.source, 'go', 'external-secrets');

/**
 * `external-secrets` with the provider for Vault alone, and `crds.yaml`. Go takes
 * no overlay below its module cache, so the module is copied out of it first.
 */
export const externalSecretsBuild: Build = {
  name: 'external-secrets',
  inputs: paths => [...sources(source(paths)), ...CRDS],
  async make(context, folder, log) {
    const { paths, say, signal } = context;
    say('building External Secrets (3 to 10 minutes the first time)');
    const version = moduleVersion(
      readFileSync(join(source(paths), 'go.mod'), 'utf8'),
      MODULE,
    );
    const answer = await run(
      [
        findProgram('go') ?? 'go',
        'mod',
        'download',
        '-json',
        `${MODULE}@${version}`,
      ],
      { signal, env: GO_ENVIRONMENT, capture: true, log },
    );
    const { Dir: module }: { Dir: string } = JSON.parse(answer);
    await goBuild(
      context,
      source(paths),
      folder,
      log,
      '-s -w',
      ['.'],
      async work => {
        const copy = join(work, 'src');
        await run(['cp', '-r', '--no-preserve=mode', module, copy], { signal });
        cpSync(join(work, 'overlay'), copy, { recursive: true });
        rmSync(join(work, 'overlay'), { recursive: true });
      },
    );
    const crds = CRDS.map(kind =>
      readFileSync(join(module, 'config/crds/bases', `${kind}.yaml`), 'utf8'),
    );
    writeFileSync(join(folder, 'crds.yaml'), crds.join('\n---\n'));
  },
};
