import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../exec.ts';
import type { Build } from './cache.ts';

const VERSION = '26.7.4';

/** Options that are fixed when Keycloak is built; the ones of `start` are not among them. */
const OPTIONS = [
  '--db=postgres',
  '--health-enabled=true',
  '--features-disabled=ciba',
];

/** Keycloak from its Maven artifact, built for PostgreSQL so that it starts in seconds. */
export const keycloakBuild: Build = {
  name: 'keycloak',
  inputs: () => [VERSION, ...OPTIONS],
  async make({ signal, say }, folder, log) {
    say('downloading Keycloak');
    await run(
      [
        'mvn',
        '-q',
        '-B',
        'dependency:copy',
        '-Dmdep.useBaseVersion=true',
        `-Dartifact=org.keycloak:keycloak-quarkus-dist:${VERSION}:zip`,
        `-DoutputDirectory=${folder}`,
      ],
      { signal, log, cwd: folder },
    );
    const zip = join(folder, `keycloak-quarkus-dist-${VERSION}.zip`);
    await run(['unzip', '-q', zip, '-d', folder], { signal, log });
    rmSync(zip);
    const inner = join(folder, `keycloak-${VERSION}`);
    for (const name of readdirSync(inner))
      renameSync(join(inner, name), join(folder, name));
    rmSync(inner, { recursive: true });
    say('building Keycloak for PostgreSQL');
    await run([join(folder, 'bin', 'kc.sh'), 'build', ...OPTIONS], {
      signal,
      log,
      cwd: folder,
    });
  },
};
