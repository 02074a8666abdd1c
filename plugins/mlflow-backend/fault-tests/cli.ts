import { parseArgs } from 'node:util';
import { SandboxError } from '@internal/mlflow-sandbox/src/errors.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { findRepo, resolvePaths } from '@internal/mlflow-sandbox/src/paths.ts';
import { progress } from '@internal/mlflow-sandbox/src/progress.ts';
import { runMain } from '@internal/mlflow-sandbox/src/runMain.ts';
import { loadSecrets } from '@internal/mlflow-sandbox/src/secrets.ts';
import { tryFaults, tryTwice } from './faults.ts';
import { createAtOnce } from './ten/createAtOnce.ts';

const USAGE = `./yarnw test:faults [--mode kill|cancel|refuse|undo|twice|ten] [--lanes N] [--first N] [--sample N] [--only TEXT] [--fresh] [--image]
  disturbs runs of the template on the sandbox at every mutation, and judges what came of it;
  a run that was cut goes on where it was, unless --fresh; a second run at the same time needs
  lanes of its own, by another --first; --image disturbs the build of the image by
  kill or cancel, on one lane, with line 3.6
`;

async function main(signal: AbortSignal): Promise<number> {
  const { values } = parseArgs({
    options: {
      mode: { type: 'string', default: 'kill' },
      lanes: { type: 'string', default: '3' },
      first: { type: 'string', default: '1' },
      sample: { type: 'string' },
      only: { type: 'string' },
      fresh: { type: 'boolean', default: false },
      image: { type: 'boolean', default: false },
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
    say: what => say('faults', what),
  };
  const { fresh, image, only } = values;
  const first = Number(values.first);
  // One image, one lane.
  const lanes = { first, count: image ? 1 : Number(values.lanes) };
  switch (values.mode) {
    case 'kill':
    case 'cancel':
    case 'refuse':
    case 'undo':
      return Math.sign(
        await tryFaults(context, {
          mode: values.mode,
          lanes,
          fresh,
          image,
          only,
          sample: values.sample ? Number(values.sample) : undefined,
        }),
      );
    case 'twice':
      return Math.sign(await tryTwice(context, first));
    case 'ten':
      return Math.sign(await createAtOnce(context, { first, count: 10 }));
    default:
      throw new SandboxError(USAGE, { code: 2 });
  }
}

runMain(main);
