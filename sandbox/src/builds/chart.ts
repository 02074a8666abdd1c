import { join } from 'node:path';
import { run } from '../exec.ts';
import { built, sources } from './cache.ts';
import type { Build } from './cache.ts';
import { kubernetesBuild } from './go.ts';

/** Versions of the community chart that ours stands in for, with the MLflow that each names as its own. */
export const CHART_VERSIONS = [
  { version: '1.8.0', appVersion: '3.6.0' },
  { version: '1.11.5', appVersion: '3.15.1' },
];

/** `mlflow-<version>.tgz` of each version. */
export const chartBuild: Build = {
  name: 'chart',
  inputs: paths => [
    JSON.stringify(CHART_VERSIONS),
    ...sources(join(paths.source, 'chart')),
  ],
  async make(context, folder, log) {
    const helm = join(await built(context, kubernetesBuild), 'helm');
    for (const { version, appVersion } of CHART_VERSIONS) {
      await run(
        [
          helm,
          'package',
          join(context.paths.source, 'chart'),
          '--version',
          version,
          '--app-version',
          appVersion,
          '-d',
          folder,
        ],
        { signal: context.signal, log },
      );
    }
  },
};
