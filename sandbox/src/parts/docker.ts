import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, succeeds } from '../exec.ts';
import type { Context, Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { program } from '../requirements.ts';
import { killLeftovers, unmountBelow } from '../sweep.ts';

export const dockerHost = (paths: Paths) => `unix://${paths.dockerSocket}`;
const execRoot = (paths: Paths) => join(paths.run, 'docker');
const dataRoot = (paths: Paths) => join(paths.data, 'docker');

const ready = ({ paths, signal }: Context) =>
  existsSync(paths.dockerSocket)
    ? succeeds(
        [
          'docker',
          '-H',
          dockerHost(paths),
          'version',
          '--format',
          '{{.Server.Version}}',
        ],
        signal,
      )
    : Promise.resolve(false);

/** What a killed dockerd leaves: the containerd that it started, mounts, a pid file. */
async function sweep(context: Context) {
  const { paths } = context;
  await killLeftovers(({ argv }) =>
    argv.some(arg => arg.startsWith(`${execRoot(paths)}/`)),
  );
  await unmountBelow(context, execRoot(paths));
  await unmountBelow(context, dataRoot(paths));
  rmSync(join(paths.run, 'dockerd.engine.pid'), { force: true });
  rmSync(execRoot(paths), { recursive: true, force: true });
}

async function start(context: Context) {
  const { paths } = context;
  mkdirSync(dataRoot(paths), { recursive: true, mode: 0o700 });
  await keepRunning(context, {
    name: 'dockerd',
    argv: [
      'dockerd',
      '--data-root',
      dataRoot(paths),
      '--exec-root',
      execRoot(paths),
      '-H',
      dockerHost(paths),
      '-p',
      join(paths.run, 'dockerd.engine.pid'),
      // builds use the host's network; the machine's own firewall rules stay as they are
      '--bridge',
      'none',
      '--iptables=false',
      '--ip6tables=false',
      '--ip-masq=false',
    ],
    // a config of the machine's own dockerd is not ours
    env: { DOCKER_CONFIG: join(paths.run, 'docker-config') },
  });
  await waitUntil(context, 'dockerd', ['dockerd'], () => ready(context));
}

/** A Docker engine of its own, on a socket in the state folder. */
export const docker: Part = {
  name: 'docker',
  needs: [],
  processes: ['dockerd'],
  requirements: () => [
    program('dockerd', ['docker.io']),
    program('docker', ['docker.io']),
  ],
  async sweep(context) {
    if (!allRunning(context.paths, ['dockerd'])) await sweep(context);
  },
  start,
  isUp: async context =>
    allRunning(context.paths, ['dockerd']) && (await ready(context)),
  async stop(context) {
    await stopProcess(context.paths, 'dockerd', { graceMs: 15_000 });
    await sweep(context);
  },
};

/** Runs the docker client against the sandbox's engine. */
export const dockerClient = (context: Context, args: string[]) =>
  run(['docker', '-H', dockerHost(context.paths), ...args], {
    signal: context.signal,
    capture: true,
  });
