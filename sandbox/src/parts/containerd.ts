import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PAUSE_IMAGE, REGISTRY } from '../addresses.ts';
import { built, isBuilt } from '../builds/cache.ts';
import { pauseBuild } from '../builds/pause.ts';
import { run, succeeds } from '../exec.ts';
import type { Context, Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { listProcesses } from '../procfs.ts';
import { file, program } from '../requirements.ts';
import { killLeftovers, removeFolder, unmountBelow } from '../sweep.ts';
import { fillFile } from '../template.ts';
import { writeIfChanged } from '../write-file.ts';

const ctr = (paths: Paths, ...args: string[]) => [
  'ctr',
  '-a',
  paths.containerdSocket,
  ...args,
];
const stateFolder = (paths: Paths) => join(paths.run, 'containerd');
const ready = ({ paths, signal }: Context) =>
  succeeds(ctr(paths, 'version'), signal);

const isShim = (paths: Paths, argv: string[]) =>
  argv[0]?.endsWith('containerd-shim-runc-v2') === true &&
  argv.includes(paths.containerdSocket);

/** Containers that containerd knew when it ended: by its folders, and by the shims that still run. */
function containerIds(paths: Paths): string[] {
  const tasks = join('io.containerd.runtime.v2.task', 'k8s.io');
  const byFolder = [stateFolder(paths), join(paths.data, 'containerd')].flatMap(
    folder => {
      const path = join(folder, tasks);
      return existsSync(path) ? readdirSync(path) : [];
    },
  );
  const byShim = listProcesses()
    .filter(({ argv }) => isShim(paths, argv))
    .flatMap(({ argv }) => argv[argv.indexOf('-id') + 1] ?? []);
  return [...new Set([...byFolder, ...byShim])];
}

/**
 * Brings the machine to the state after a reboot: no shim, no container, no
 * mount, no network namespace of ours. What the containers were stays with
 * containerd and kubelet, who start them anew.
 */
async function sweep(context: Context) {
  const { paths } = context;
  const ids = containerIds(paths);
  await killLeftovers(
    ({ argv, cgroup }) =>
      isShim(paths, argv) || ids.some(id => cgroup.includes(id)),
  );
  await unmountBelow(context, join(paths.data, 'containerd'));
  await removeFolder(context, stateFolder(paths));
  rmSync(join(paths.run, 'cni-ipam'), { recursive: true, force: true });
}

async function start(context: Context) {
  const { paths, signal } = context;
  const folder = await built(context, pauseBuild);
  const registryFolder = join(paths.run, 'registries', REGISTRY);
  for (const path of [
    registryFolder,
    join(paths.run, 'cni'),
    join(paths.data, 'containerd'),
  ]) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }
  writeIfChanged(
    join(registryFolder, 'hosts.toml'),
    fillFile(paths, 'registry-hosts.toml'),
  );
  writeIfChanged(
    join(paths.run, 'cni', '10-sandbox.conflist'),
    fillFile(paths, 'cni.conflist'),
  );
  const config = fillFile(paths, 'containerd.toml');
  const configFile = join(paths.run, 'containerd.toml');
  writeIfChanged(configFile, config);
  await keepRunning(context, {
    name: 'containerd',
    argv: ['containerd', '--config', configFile],
    config: [config],
  });
  await waitUntil(context, 'containerd', ['containerd'], () => ready(context));
  const images = await run(ctr(paths, '-n', 'k8s.io', 'images', 'ls', '-q'), {
    signal,
    capture: true,
  });
  if (!images.split('\n').includes(PAUSE_IMAGE)) {
    await run(
      ctr(paths, '-n', 'k8s.io', 'images', 'import', join(folder, 'pause.tar')),
      { signal },
    );
  }
}

/** The cluster's own containerd, with the bridge network and the local registry. */
export const containerd: Part = {
  name: 'containerd',
  needs: ['network'],
  processes: ['containerd'],
  requirements: paths => [
    program('containerd', ['containerd']),
    program('runc', ['runc']),
    file('/usr/lib/cni/bridge', ['containernetworking-plugins']),
    ...(isBuilt(paths, pauseBuild)
      ? []
      : [program('gcc', ['gcc', 'libc6-dev'])]),
  ],
  prepare: async context => {
    await built(context, pauseBuild);
  },
  async sweep(context) {
    if (!allRunning(context.paths, ['containerd'])) await sweep(context);
  },
  start,
  isUp: async context =>
    allRunning(context.paths, ['containerd']) && (await ready(context)),
  async stop(context) {
    await stopProcess(context.paths, 'containerd');
    await sweep(context);
  },
};
