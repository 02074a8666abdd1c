import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, NotFoundError } from '@backstage/errors';
import { PlatformConfig } from '../../platform/config';

const CHART = 'mlflow';

/** Where the community chart is, when app-config names no other place. */
const DEFAULT_REPOSITORY = 'https://community-charts.github.io/helm-charts';

/**
 * The arguments by which helm finds the chart in one version.
 *
 * @throws NotFoundError when `chart.path` does not hold that version
 */
export async function chartArguments(
  chart: PlatformConfig['chart'],
  version: string,
): Promise<string[]> {
  if (chart.path) {
    return [await localChart(chart.path, version)];
  }
  const repository = chart.repository ?? DEFAULT_REPOSITORY;
  if (repository.startsWith('oci://')) {
    return [`${repository.replace(/\/$/, '')}/${CHART}`, '--version', version];
  }
  if (repository.startsWith('https://')) {
    return [CHART, '--repo', repository, '--version', version];
  }
  throw new InputError(
    'Helm: chart.repository must begin with oci:// or https://.',
  );
}

async function localChart(folder: string, version: string): Promise<string> {
  const packed = join(folder, `${CHART}-${version}.tgz`);
  try {
    await access(packed);
    return packed;
  } catch (error) {
    throw new NotFoundError(
      `Helm: chart ${CHART} ${version} is not at ${packed}. Put it there with "helm pull", or name a chart.repository.`,
      error,
    );
  }
}
