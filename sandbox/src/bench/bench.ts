import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isPortalRunning } from '../demo/portal.ts';
import { waitForPortalUser } from '../demo/ready.ts';
import type { PortalUser } from '../demo/scaffolder.ts';
import { demoUser } from '../demo/users.ts';
import { SandboxError } from '../errors.ts';
import type { Context } from '../part.ts';
import type { Paths } from '../paths.ts';
import { progress } from '../progress.ts';
import { loadSecrets } from '../secrets.ts';
import { chartFile, chartInUse, putChartsBack, useCharts } from './charts.ts';
import type { Chart } from './charts.ts';
import { noteInstance, noteOriginal, removeMade } from './made.ts';
import { refuseTaken, timeOriginal } from './original.ts';
import { imageOf, timeOurs } from './ours.ts';
import { ratio, summarize } from './statistics.ts';
import type { Summary, Timing } from './statistics.ts';

/** What `./yarnw bench provisioning` is asked for. */
export interface BenchOptions {
  runs: number;
  /** Version line, `3.17` or `3.6`. */
  line: string;
  /** Folder with the charts to use instead of the sandbox's own. */
  chart?: string;
}

/** Seconds to the first login, ours beside the original's. */
export interface BenchResult {
  line: string;
  chart: Chart;
  ours: Summary;
  original: Summary;
  ratio: number;
}

/** Version of the chart that goes with a line. */
const CHARTS: Record<string, string> = { '3.17': '1.11.5', '3.6': '1.8.0' };

/**
 * Measures from nothing to the first login, ours and the original in turns, on
 * a sandbox and a portal that run already. All that it makes is removed, also
 * when it is interrupted.
 *
 * @param signal - on abort it stops measuring, and cleans up
 */
export async function bench(
  paths: Paths,
  options: BenchOptions,
  signal: AbortSignal,
): Promise<BenchResult> {
  const say = progress();
  const context: Context = {
    paths,
    secrets: loadSecrets(paths),
    signal,
    say: what => say('bench', what),
  };
  const version = CHARTS[options.line];
  if (!version) {
    throw new SandboxError(`No line ${options.line}: 3.17 or 3.6`, { code: 2 });
  }
  if (!isPortalRunning(paths)) {
    throw new SandboxError(
      'The bench measures on a sandbox and a portal that run: start them with ./yarnw demo',
      { code: 2 },
    );
  }
  putChartsBack(paths);
  await removeMade(context);
  await refuseTaken(context);
  try {
    if (options.chart) useCharts(paths, options.chart, version);
    return await measure(context, options, version);
  } finally {
    // What was made goes, whatever happened.
    const never = new AbortController().signal;
    putChartsBack(paths);
    await removeMade({ ...context, signal: never });
  }
}

async function measure(
  context: Context,
  options: BenchOptions,
  version: string,
): Promise<BenchResult> {
  const { paths, signal } = context;
  const { line } = options;
  const chart = chartInUse(paths, version);
  const ca = readFileSync(paths.caCert, 'utf8');
  const user = await waitForPortalUser(ca, demoUser(paths, 'owner'), signal);
  context.say(`line ${line}, chart ${chart.name} ${chart.version}`);

  const warm = await runOurs(context, user, line, 'warm-up, not counted');
  const original = {
    line,
    chart: chartFile(paths, version),
    image: warm.image,
  };
  const ours: Timing[] = [];
  const theirs: Timing[] = [];
  for (let run = 1; run <= options.runs; run++) {
    const of = `run ${run} of ${options.runs}`;
    ours.push((await runOurs(context, user, line, of)).timing);
    theirs.push(await runOriginal(context, original, of));
  }
  const summaries = { ours: summarize(ours), original: summarize(theirs) };
  return {
    line,
    chart,
    ...summaries,
    ratio: ratio(summaries.ours, summaries.original),
  };
}

async function runOurs(
  context: Context,
  user: PortalUser,
  line: string,
  of: string,
): Promise<{ timing: Timing; image: string }> {
  const name = `bench-${randomBytes(4).toString('hex')}`;
  noteInstance(context, name);
  const timing = await timeOurs(context, user, { name, line });
  context.say(`ours, ${of}: ${timing.total.toFixed(2)} s`);
  const image = await imageOf(context, name);
  await removeMade(context);
  return { timing, image };
}

async function runOriginal(
  context: Context,
  options: { line: string; chart: string; image: string },
  of: string,
): Promise<Timing> {
  noteOriginal(context);
  const timing = await timeOriginal(context, options);
  context.say(`original, ${of}: ${timing.total.toFixed(2)} s`);
  await removeMade(context);
  return timing;
}
