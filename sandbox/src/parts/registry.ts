import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PORTS } from '../addresses.ts';
import { answers } from '../http.ts';
import type { Context, Part } from '../part.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { program } from '../requirements.ts';
import { writeIfChanged } from '../write-file.ts';

const ADDRESS = `127.0.0.1:${PORTS.registry}`;
const ready = () => answers({ url: `http://${ADDRESS}/v2/` });

async function start(context: Context) {
  const { paths } = context;
  const data = join(paths.data, 'registry');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const config = JSON.stringify({
    version: 0.1,
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: data }, delete: { enabled: true } },
    http: { addr: ADDRESS },
  });
  const file = join(paths.run, 'registry.yml');
  writeIfChanged(file, config);
  await keepRunning(context, {
    name: 'registry',
    argv: ['docker-registry', 'serve', file],
    config: [config],
  });
  await waitUntil(context, 'registry', ['registry'], ready);
}

/** Debian's docker-registry, plain http on loopback, with deletion on. */
export const registry: Part = {
  name: 'registry',
  needs: [],
  processes: ['registry'],
  listens: [ADDRESS],
  requirements: () => [program('docker-registry', ['docker-registry'])],
  start,
  isUp: async ({ paths }) => allRunning(paths, ['registry']) && (await ready()),
  stop: ({ paths }) => stopProcess(paths, 'registry'),
};
