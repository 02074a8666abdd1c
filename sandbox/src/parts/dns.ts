import { join } from 'node:path';
import { NODE_IP, PORTS } from '../addresses.ts';
import { built } from '../builds/cache.ts';
import { kubernetesBuild } from '../builds/go.ts';
import { answers } from '../http.ts';
import type { Part } from '../part.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { fillFile } from '../template.ts';
import { writeIfChanged } from '../write-file.ts';

const ready = () =>
  answers({ url: `http://${NODE_IP}:${PORTS.dnsReady}/ready` });

/** CoreDNS on the bridge; the Service kube-dns leads to it. */
export const dns: Part = {
  name: 'dns',
  needs: ['kubernetes-api'],
  processes: ['coredns'],
  listens: [`${NODE_IP}:${PORTS.dns}`],
  requirements: () => [],
  async start(context) {
    const { paths } = context;
    const hyperkube = join(await built(context, kubernetesBuild), 'hyperkube');
    const config = fillFile(paths, 'Corefile');
    const file = join(paths.run, 'Corefile');
    writeIfChanged(file, config);
    await keepRunning(context, {
      name: 'coredns',
      argv: [hyperkube, 'coredns', '-conf', file],
      config: [config],
    });
    await waitUntil(context, 'CoreDNS', ['coredns'], ready);
  },
  isUp: async ({ paths }) => allRunning(paths, ['coredns']) && (await ready()),
  stop: ({ paths }) => stopProcess(paths, 'coredns'),
};
