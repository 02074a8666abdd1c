import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

/** The portal's backend, compiled. */
export interface Bundle {
  file: string;
  /** Tells one state of the sources from another. */
  hash: string;
}

/**
 * Compiles the portal's backend with the plugin into one file. Dependencies
 * stay where they are installed.
 */
export async function buildBundle({ paths, signal }: Context): Promise<Bundle> {
  const plugin = join(paths.repo, 'plugins/mlflow-backend');
  // Below the package, so that its own dependencies are found from there.
  const folder = join(plugin, 'node_modules/.cache/fault-tests');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'backend.cjs');
  await run(
    [
      join(paths.repo, 'node_modules/.bin/esbuild'),
      join(plugin, 'dev/index.ts'),
      '--bundle',
      '--platform=node',
      '--format=cjs',
      '--target=node22',
      '--packages=external',
      `--alias:backstage-plugin-mlflow-common=${join(
        paths.repo,
        'plugins/mlflow-common/src/index.ts',
      )}`,
      '--supported:dynamic-import=false',
      '--log-level=warning',
      `--outfile=${file}`,
    ],
    { signal, cwd: plugin },
  );
  const hash = createHash('sha256').update(readFileSync(file));
  for (const name of ['mlflow-instance']) {
    hash.update(
      readFileSync(join(paths.repo, 'templates', name, 'template.yaml')),
    );
  }
  return { file, hash: hash.digest('hex').slice(0, 12) };
}
