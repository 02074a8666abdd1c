import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

/** Names of all causes that the product's catalogue holds, in its order. */
export async function catalogue({ paths, signal }: Context): Promise<string[]> {
  const plugin = join(paths.repo, 'plugins/mlflow-backend');
  const folder = join(plugin, 'node_modules/.cache/diagnose-tests');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `catalogue-${process.pid}.cjs`);
  await run(
    [
      join(paths.repo, 'node_modules/.bin/esbuild'),
      join(plugin, 'src/diagnostics/catalogue.ts'),
      '--bundle',
      '--platform=node',
      '--format=cjs',
      '--target=node22',
      '--packages=external',
      `--alias:backstage-plugin-mlflow-common=${join(
        paths.repo,
        'plugins/mlflow-common/src/index.ts',
      )}`,
      '--log-level=warning',
      `--outfile=${file}`,
    ],
    { signal, cwd: plugin },
  );
  const { CAUSES }: { CAUSES: { name: string }[] } = createRequire(file)(file);
  rmSync(file);
  return CAUSES.map(({ name }) => name);
}
