import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_IP, PORTS, PROMETHEUS_URL } from '../addresses.ts';
import { built } from '../builds/cache.ts';
import { goRequirement, kubernetesBuild } from '../builds/go.ts';
import { serviceMonitorCrd } from '../builds/service-monitor-crd.ts';
import { answers } from '../http.ts';
import {
  kubeApply,
  kubeGet,
  requestToken,
  tokenIsGood,
} from '../kubernetes-client.ts';
import type { Context, Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { findProgram, program } from '../requirements.ts';
import { fillFile } from '../template.ts';
import { writeIfChanged, writeSecretFile } from '../write-file.ts';

const PROCESSES = ['prometheus-config', 'prometheus'];
const MONITORS = '/apis/monitoring.coreos.com/v1/servicemonitors?limit=1';

const dataFolder = (paths: Paths) => join(paths.data, 'prometheus');
const configFile = (paths: Paths) => join(paths.run, 'prometheus.json');
const targetsFolder = (paths: Paths) => join(paths.run, 'prometheus-targets');
const tokenFile = (paths: Paths) => join(paths.state, 'prometheus-token');

const ready = () => answers({ url: `${PROMETHEUS_URL}/-/ready` });

/** Whether it was ever started: then the portal's config names it. */
export const hasPrometheus = (paths: Paths) => existsSync(dataFolder(paths));

async function ensureToken(paths: Paths): Promise<void> {
  const file = tokenFile(paths);
  if (
    existsSync(file) &&
    (await tokenIsGood(paths, readFileSync(file, 'utf8')))
  )
    return;
  writeSecretFile(file, await requestToken(paths, 'monitoring', 'prometheus'));
}

async function applyKinds(context: Context) {
  const { paths, say } = context;
  const crd = await built(context, serviceMonitorCrd);
  const hyperkube = join(await built(context, kubernetesBuild), 'hyperkube');
  say('applying its kind and rights');
  await kubeApply(
    context,
    hyperkube,
    [
      readFileSync(join(crd, 'servicemonitors.yaml'), 'utf8'),
      fillFile(paths, 'prometheus.yaml'),
    ].join('\n---\n'),
  );
  await waitUntil(
    context,
    'kind ServiceMonitor',
    [],
    async () => (await kubeGet(paths, MONITORS)) !== undefined,
  );
}

/** Turns ServiceMonitors into config and targets, in place of the operator. */
async function startConfig(context: Context) {
  const { paths } = context;
  const script = join(paths.source, 'src', 'prometheus-config.ts');
  const sources = [
    'prometheus-config.ts',
    'scrape-configs.ts',
    'scrape-targets.ts',
  ].map(name => readFileSync(join(paths.source, 'src', name), 'utf8'));
  mkdirSync(targetsFolder(paths), { recursive: true, mode: 0o700 });
  await keepRunning(context, {
    name: 'prometheus-config',
    argv: [
      process.execPath,
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      script,
      `--server=https://${NODE_IP}:${PORTS.kubernetes}`,
      `--ca=${join(paths.pki, 'ca.crt')}`,
      `--token=${tokenFile(paths)}`,
      `--config=${configFile(paths)}`,
      `--targets=${targetsFolder(paths)}`,
      `--reload=${PROMETHEUS_URL}/-/reload`,
    ],
    config: sources,
  });
  await waitUntil(
    context,
    'config of Prometheus',
    ['prometheus-config'],
    async () => existsSync(configFile(paths)),
  );
}

/** Prometheus on the host, which resolves names as pods of the cluster do. */
async function startPrometheus(context: Context) {
  const { paths } = context;
  mkdirSync(dataFolder(paths), { recursive: true, mode: 0o700 });
  const resolver = join(paths.run, 'prometheus-resolv.conf');
  const names = [
    `nameserver ${NODE_IP}`,
    'search svc.cluster.local cluster.local',
    'options ndots:5',
    '',
  ].join('\n');
  writeIfChanged(resolver, names);
  await keepRunning(context, {
    name: 'prometheus',
    argv: [
      'unshare',
      '--mount',
      'sh',
      '-c',
      'mount --bind "$0" /etc/resolv.conf && exec "$@"',
      resolver,
      findProgram('prometheus') ?? 'prometheus',
      `--config.file=${configFile(paths)}`,
      `--storage.tsdb.path=${dataFolder(paths)}`,
      '--storage.tsdb.retention.time=2d',
      `--web.listen-address=127.0.0.1:${PORTS.prometheus}`,
      '--web.enable-lifecycle',
    ],
    env: { GODEBUG: 'netdns=go' },
    config: [names],
  });
  await waitUntil(context, 'Prometheus', ['prometheus'], ready);
}

/** Prometheus, and what makes it scrape what ServiceMonitors say. */
export const monitoring: Part = {
  name: 'monitoring',
  needs: ['kubernetes-api', 'dns'],
  processes: PROCESSES,
  listens: [`127.0.0.1:${PORTS.prometheus}`],
  requirements: paths => [
    program('prometheus', ['prometheus']),
    program('unshare', ['util-linux']),
    ...goRequirement(paths, serviceMonitorCrd),
  ],
  prepare: async context => {
    await built(context, serviceMonitorCrd);
  },
  async start(context) {
    await applyKinds(context);
    await ensureToken(context.paths);
    await startConfig(context);
    await startPrometheus(context);
  },
  isUp: async ({ paths }) => allRunning(paths, PROCESSES) && (await ready()),
  async stop({ paths }) {
    for (const name of PROCESSES) await stopProcess(paths, name);
  },
};
