import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildFolder, isBuilt } from '../builds/cache.ts';
import { CHART_VERSIONS, chartBuild } from '../builds/chart.ts';
import { SandboxError } from '../errors.ts';
import type { Paths } from '../paths.ts';

/** Which chart a run used. */
export interface Chart {
  /** The community's own, or the sandbox's that stands in for it. */
  name: 'community' | 'sandbox';
  version: string;
}

const fileOf = (version: string) => `mlflow-${version}.tgz`;
const aside = (paths: Paths) => `${paths.charts}.before-bench`;

/** A reader never sees half a file. */
function copyWhole(from: string, to: string) {
  copyFileSync(from, `${to}.new`);
  renameSync(`${to}.new`, to);
}

/** Puts back what a bench replaced, also one that was killed. */
export function putChartsBack(paths: Paths): void {
  if (!existsSync(aside(paths))) return;
  for (const { version } of CHART_VERSIONS) {
    const before = join(aside(paths), fileOf(version));
    if (existsSync(before)) {
      copyWhole(before, join(paths.charts, fileOf(version)));
    }
  }
  rmSync(aside(paths), { recursive: true });
}

/**
 * The portal reads its charts from the sandbox's folder: fills that with those
 * of another folder until {@link putChartsBack}.
 *
 * @param folder - holds `mlflow-<version>.tgz`
 * @throws SandboxError when it does not hold the version
 */
export function useCharts(paths: Paths, folder: string, version: string): void {
  const wanted = join(folder, fileOf(version));
  if (!existsSync(wanted)) {
    throw new SandboxError(
      `${folder} has no ${fileOf(version)}: fetch it with "helm pull"`,
      { code: 2 },
    );
  }
  const current = join(paths.charts, fileOf(version));
  mkdirSync(`${aside(paths)}.new`, { recursive: true });
  copyFileSync(current, join(`${aside(paths)}.new`, fileOf(version)));
  // Only a whole copy has the name that putChartsBack looks for.
  renameSync(`${aside(paths)}.new`, aside(paths));
  copyWhole(wanted, current);
}

/** Path of the chart that the portal installs in this version. */
export const chartFile = (paths: Paths, version: string) =>
  join(paths.charts, fileOf(version));

/** Whether the chart in use is the one that the sandbox built. */
export function chartInUse(paths: Paths, version: string): Chart {
  const own = join(buildFolder(paths, chartBuild), fileOf(version));
  const same =
    isBuilt(paths, chartBuild) &&
    readFileSync(own).equals(readFileSync(chartFile(paths, version)));
  return { name: same ? 'sandbox' : 'community', version };
}
