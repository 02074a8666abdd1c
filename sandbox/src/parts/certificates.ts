import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { built } from '../builds/cache.ts';
import { kubernetesBuild } from '../builds/go.ts';
import type { Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';

/** Folder that Traefik's file provider watches. */
export const ingressFolder = (paths: Paths) => join(paths.state, 'ingress');

/** Gives each Ingress host a certificate of the sandbox's CA: no client takes a wildcard directly below `localhost`. */
export const certificates: Part = {
  name: 'certificates',
  needs: ['kubernetes-api'],
  processes: ['certificates'],
  requirements: () => [],
  async start(context) {
    const { paths } = context;
    const hyperkube = join(await built(context, kubernetesBuild), 'hyperkube');
    mkdirSync(ingressFolder(paths), { recursive: true, mode: 0o700 });
    await keepRunning(context, {
      name: 'certificates',
      argv: [
        hyperkube,
        'certificates',
        '--kubeconfig',
        paths.kubeconfig,
        '--folder',
        ingressFolder(paths),
        '--ca-cert',
        join(paths.tls, 'ca.crt'),
        '--ca-key',
        join(paths.tls, 'ca.key'),
      ],
    });
    await waitUntil(context, 'certificates', ['certificates'], async () =>
      existsSync(join(ingressFolder(paths), 'ingresses.yaml')),
    );
  },
  isUp: async ({ paths }) => allRunning(paths, ['certificates']),
  stop: ({ paths }) => stopProcess(paths, 'certificates'),
};
