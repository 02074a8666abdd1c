import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../exec.ts';
import { findProgram } from '../requirements.ts';
import type { Build } from './cache.ts';
import { GO_ENVIRONMENT } from './go.ts';

const MODULE = 'github.com/prometheus-operator/prometheus-operator@v0.85.0';
const FOLDER = 'example/prometheus-operator-crd';
const KIND = 'monitoring.coreos.com_servicemonitors.yaml';

/** `servicemonitors.yaml`: the kind as the Prometheus Operator brings it. */
export const serviceMonitorCrd: Build = {
  name: 'service-monitor-crd',
  inputs: () => [MODULE, KIND],
  async make({ say, signal }, folder, log) {
    say('downloading the kind ServiceMonitor');
    const answer = await run(
      [findProgram('go') ?? 'go', 'mod', 'download', '-json', MODULE],
      { signal, env: GO_ENVIRONMENT, capture: true, log },
    );
    const { Dir: module }: { Dir: string } = JSON.parse(answer);
    copyFileSync(
      join(module, FOLDER, KIND),
      join(folder, 'servicemonitors.yaml'),
    );
  },
};
