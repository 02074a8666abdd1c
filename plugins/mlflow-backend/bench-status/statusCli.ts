import { loadavg } from 'node:os';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { findRepo, resolvePaths } from '@internal/mlflow-sandbox/src/paths.ts';
import { progress } from '@internal/mlflow-sandbox/src/progress.ts';
import { runMain } from '@internal/mlflow-sandbox/src/runMain.ts';
import { loadSecrets } from '@internal/mlflow-sandbox/src/secrets.ts';
import { benchStatus } from './benchStatus.ts';
import { table } from './report.ts';

const USAGE = `./yarnw bench status [--instances 1000] [--json [FILE]]
  what it costs to look at instances: latency of the status at 50 views a second, requests to the
  API server per view, memory of the watch, seconds until all is known, the same at a tenth of the
  instances, and beside it the way that asks the API server at each view; needs a sandbox that is
  up, starts an API server and a portal of its own, and removes all that it makes
  --json [FILE]  the result as JSON, on stdout or in a file
`;

async function main(signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      instances: { type: 'string', default: '1000' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const instances = Number(values.instances);
  const [, file] = positionals;
  if (values.help || !Number.isInteger(instances) || instances < 10) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const paths = resolvePaths(process.env, findRepo(process.env, process.cwd()));
  const say = progress();
  const context: Context = {
    paths,
    secrets: loadSecrets(paths),
    signal,
    say: what => say('bench', what),
  };
  const result = await benchStatus(context, instances, () => loadavg()[0]);
  const json = `${JSON.stringify(result, null, 2)}\n`;
  if (values.json && file) {
    writeFileSync(file, json);
  }
  process.stdout.write(values.json && !file ? json : table(result));
  return 0;
}

runMain(main);
