import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { messageOf } from './errors.ts';
import { http } from './http.ts';
import { prometheusConfig, unknownFields } from './scrape-configs.ts';
import type { ServiceMonitor } from './scrape-configs.ts';

/*
 * Stands in for the Prometheus Operator: reads all ServiceMonitors each few
 * seconds, writes the config of Prometheus, and has it read again.
 */

const PAUSE_MS = 5_000;
const LIST = '/apis/monitoring.coreos.com/v1/servicemonitors';

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: '' },
    ca: { type: 'string', default: '' },
    token: { type: 'string', default: '' },
    output: { type: 'string', default: '' },
    reload: { type: 'string', default: '' },
  },
});

const say = (what: string) => process.stdout.write(`${what}\n`);

async function monitors(): Promise<ServiceMonitor[]> {
  const { status, body } = await http({
    url: `${values.server}${LIST}`,
    headers: { authorization: `Bearer ${readFileSync(values.token, 'utf8')}` },
    ca: readFileSync(values.ca),
  });
  if (status !== 200) throw new Error(`${LIST}: ${status}`);
  return JSON.parse(body.toString()).items;
}

let written = '';
let read = '';
const refused = new Set<string>();

function tellRefused(monitor: ServiceMonitor) {
  const fields = unknownFields(monitor);
  const { namespace, name } = monitor.metadata;
  const what = `${namespace}/${name} is not scraped: ${fields.join(', ')}`;
  if (fields.length === 0 || refused.has(what)) return;
  refused.add(what);
  say(what);
}

async function reload() {
  const { status } = await http({ method: 'POST', url: values.reload });
  if (status !== 200) throw new Error(`${values.reload}: ${status}`);
}

async function once() {
  const found = await monitors();
  found.forEach(tellRefused);
  const config = JSON.stringify(
    prometheusConfig(found, {
      server: values.server,
      caFile: values.ca,
      tokenFile: values.token,
    }),
    null,
    2,
  );
  if (config !== written) {
    writeFileSync(`${values.output}.new`, config, { mode: 0o600 });
    renameSync(`${values.output}.new`, values.output);
    written = config;
    say(`${found.length} ServiceMonitors`);
  }
  if (config !== read) {
    await reload();
    read = config;
  }
}

for (;;) {
  await once().catch(error => say(messageOf(error)));
  await sleep(PAUSE_MS);
}
