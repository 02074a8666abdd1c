import { parseArgs } from 'node:util';
import { secretProvider } from '@internal/mlflow-sandbox/src/demo/portal.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { findRepo, resolvePaths } from '@internal/mlflow-sandbox/src/paths.ts';
import { progress } from '@internal/mlflow-sandbox/src/progress.ts';
import { runMain } from '@internal/mlflow-sandbox/src/runMain.ts';
import { loadSecrets } from '@internal/mlflow-sandbox/src/secrets.ts';
import { searchSecrets } from './secrets/searchSecrets.ts';

/** One that the fault tests do not take, so that both can run at once. */
const LANE = 30;

runMain(async signal => {
  const { values } = parseArgs({
    options: { secrets: { type: 'string', default: 'kubernetes' } },
  });
  const provider = secretProvider(values.secrets);
  const paths = resolvePaths(process.env, findRepo(process.env, process.cwd()));
  const say = progress();
  const context: Context = {
    paths,
    secrets: loadSecrets(paths),
    signal,
    say: what => say('secrets', what),
  };
  return Math.sign(await searchSecrets(context, LANE, provider));
});
