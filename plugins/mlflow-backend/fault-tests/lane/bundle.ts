import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
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
 *
 * @param entry - what is compiled, in the folder of the plugin's backend
 */
export async function buildBundle(
  { paths, signal }: Context,
  entry = 'dev/index.ts',
): Promise<Bundle> {
  const plugin = join(paths.repo, 'plugins/mlflow-backend');
  // Below the package, so that its own dependencies are found from there.
  const folder = join(plugin, 'node_modules/.cache/fault-tests');
  mkdirSync(folder, { recursive: true });
  const made = join(folder, `made-${process.pid}.cjs`);
  await run(
    [
      join(paths.repo, 'node_modules/.bin/esbuild'),
      join(plugin, entry),
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
      `--outfile=${made}`,
    ],
    { signal, cwd: plugin },
  );
  const hash = createHash('sha256').update(readFileSync(made));
  const template = 'templates/mlflow-instance/template.yaml';
  hash.update(readFileSync(join(paths.repo, template)));
  const name = hash.digest('hex').slice(0, 12);
  // A run beside this one starts its backends from a file of the same build.
  const file = join(folder, `backend-${name}.cjs`);
  renameSync(made, file);
  return { file, hash: name };
}
