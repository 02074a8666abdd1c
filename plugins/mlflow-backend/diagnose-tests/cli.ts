import { parseArgs } from 'node:util';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { findRepo, resolvePaths } from '@internal/mlflow-sandbox/src/paths.ts';
import { progress } from '@internal/mlflow-sandbox/src/progress.ts';
import { runMain } from '@internal/mlflow-sandbox/src/runMain.ts';
import { loadSecrets } from '@internal/mlflow-sandbox/src/secrets.ts';
import { diagnose, list } from './diagnose.ts';

const USAGE = `./yarnw test:diagnose [--only TEXT,TEXT] [--instances N] [--first N] [--fresh] [--list]
  brings every cause of the catalogue about on real instances of the sandbox, has the portal look,
  and demands that it names exactly that cause within 30 s and finds the instance well once it is mended;
  a run that was cut goes on where it was, unless --fresh; a second run at the same time needs a stage of
  its own, by another --first
`;

async function main(signal: AbortSignal): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      instances: { type: 'string', default: '3' },
      first: { type: 'string', default: '1' },
      fresh: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const paths = resolvePaths(process.env, findRepo(process.env, process.cwd()));
  const say = progress();
  const context: Context = {
    paths,
    secrets: loadSecrets(paths),
    signal,
    say: what => say('diagnose', what),
  };
  if (values.list) {
    process.stdout.write(await list(context));
    return 0;
  }
  const { only, fresh } = values;
  return diagnose(context, {
    only,
    fresh,
    first: Number(values.first),
    instances: Number(values.instances),
  });
}

runMain(main);
