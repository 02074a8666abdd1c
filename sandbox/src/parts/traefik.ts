import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_IP, PORTS } from '../addresses.ts';
import { built, isBuilt } from '../builds/cache.ts';
import { traefikBuild } from '../builds/traefik.ts';
import { answers } from '../http.ts';
import type { Context, Part } from '../part.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { program } from '../requirements.ts';
import { dynamicConfig, staticConfig } from '../traefik-config.ts';
import { ingressFolder } from './certificates.ts';
import { writeIfChanged } from '../write-file.ts';

const ready = () =>
  answers({ url: `http://127.0.0.1:${PORTS.traefikPing}/ping` });

async function start(context: Context) {
  const { paths } = context;
  const folder = await built(context, traefikBuild);
  mkdirSync(ingressFolder(paths), { recursive: true, mode: 0o700 });
  writeIfChanged(
    join(ingressFolder(paths), 'sandbox.yaml'),
    JSON.stringify(dynamicConfig(paths), null, 2),
  );
  const config = JSON.stringify(
    staticConfig(paths, ingressFolder(paths)),
    null,
    2,
  );
  const file = join(paths.run, 'traefik.yaml');
  writeIfChanged(file, config);
  await keepRunning(context, {
    name: 'traefik',
    argv: [join(folder, 'traefik'), `--configFile=${file}`],
    env: { KUBECONFIG: paths.kubeconfig },
    config: [
      config,
      statSync(join(paths.tls, 'ingress.crt')).mtime.toISOString(),
    ],
  });
  await waitUntil(context, 'Traefik', ['traefik'], ready);
}

/** Traefik on ports 80 and 443 of loopback and 443 of the bridge. */
export const traefik: Part = {
  name: 'traefik',
  needs: ['kubernetes-api', 'certificates'],
  processes: ['traefik'],
  listens: [
    `127.0.0.1:${PORTS.web}`,
    `127.0.0.1:${PORTS.websecure}`,
    `${NODE_IP}:${PORTS.websecure}`,
    `127.0.0.1:${PORTS.traefikPing}`,
  ],
  requirements: paths =>
    isBuilt(paths, traefikBuild)
      ? []
      : [program('python3', ['python3']), program('pip3', ['python3-pip'])],
  prepare: async context => {
    await built(context, traefikBuild);
  },
  start,
  isUp: async ({ paths }) => allRunning(paths, ['traefik']) && (await ready()),
  stop: ({ paths }) => stopProcess(paths, 'traefik'),
};
