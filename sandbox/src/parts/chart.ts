import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CHART_VERSIONS, chartBuild } from '../builds/chart.ts';
import { built } from '../builds/cache.ts';
import { goRequirement, kubernetesBuild } from '../builds/go.ts';
import type { Part } from '../part.ts';
import type { Paths } from '../paths.ts';

const files = ({ charts }: Paths) =>
  CHART_VERSIONS.map(({ version }) => join(charts, `mlflow-${version}.tgz`));

/** The sandbox's own MLflow chart, packed under the versions that the platform config asks for. */
export const chart: Part = {
  name: 'chart',
  needs: [],
  processes: [],
  requirements: paths => goRequirement(paths, kubernetesBuild),
  async start(context) {
    const folder = await built(context, chartBuild);
    mkdirSync(context.paths.charts, { recursive: true });
    for (const file of files(context.paths))
      copyFileSync(join(folder, basename(file)), file);
  },
  isUp: async ({ paths }) => files(paths).every(file => existsSync(file)),
  stop: async () => {},
};
