import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findRepo, resolvePaths } from '../paths.ts';
import { bench } from './bench.ts';
import type { BenchResult } from './bench.ts';
import { runMain } from '../runMain.ts';

const USAGE = `./yarnw bench provisioning [--runs 3] [--line 3.17|3.6] [--chart DIR] [--json [FILE]]
  seconds from Create to the first login, beside the hand-run original's sequence of commands on the
  same machine; needs a sandbox and a portal that run (./yarnw demo), removes all that it makes
  --chart DIR    folder with the community's mlflow-<version>.tgz, used for both
  --json [FILE]  the result as JSON, on stdout or in a file
`;

/** Readable form of the result. */
function table({ line, chart, ours, original, ratio }: BenchResult): string {
  const way = (title: string, { median, runs, steps }: BenchResult['ours']) => [
    `${title.padEnd(36)} ${median.toFixed(2).padStart(7)}  (${runs.join(
      ', ',
    )})`,
    ...Object.entries(steps).map(
      ([step, seconds]) =>
        `  ${step.padEnd(34)} ${seconds.toFixed(2).padStart(7)}`,
    ),
  ];
  return [
    `Line ${line}, chart ${chart.name} ${chart.version}; seconds to the first login, medians`,
    ...way('ours', ours),
    ...way('original', original),
    `ratio ${ratio}`,
    '',
  ].join('\n');
}

async function main(signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '3' },
      line: { type: 'string', default: '3.17' },
      chart: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const runs = Number(values.runs);
  const [command, file] = positionals;
  if (values.help || command !== 'provisioning' || !(runs >= 1)) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const paths = resolvePaths(process.env, findRepo(process.env, process.cwd()));
  const result = await bench(paths, { ...values, runs }, signal);
  const json = `${JSON.stringify(result, null, 2)}\n`;
  if (values.json && file) {
    writeFileSync(file, json);
  }
  process.stdout.write(values.json && !file ? json : table(result));
  return 0;
}

runMain(main);
