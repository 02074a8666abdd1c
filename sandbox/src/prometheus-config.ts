import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { messageOf } from './errors.ts';
import { http } from './http.ts';
import {
  namespacesOf,
  prometheusConfig,
  unknownFields,
} from './scrape-configs.ts';
import type { ServiceMonitor } from './scrape-configs.ts';
import { targetGroups } from './scrape-targets.ts';
import type { Endpoints, Service } from './scrape-targets.ts';

/*
 * Stands in for the Prometheus Operator, and for the discovery of Kubernetes that
 * Debian's Prometheus is built without: reads ServiceMonitors, Services and
 * Endpoints each few seconds, writes config and targets, and has the config read
 * again.
 */

const PAUSE_MS = 5_000;

const { values } = parseArgs({
  options: {
    server: { type: 'string', default: '' },
    ca: { type: 'string', default: '' },
    token: { type: 'string', default: '' },
    config: { type: 'string', default: '' },
    targets: { type: 'string', default: '' },
    reload: { type: 'string', default: '' },
  },
});

const say = (what: string) => process.stdout.write(`${what}\n`);

async function list<T>(path: string): Promise<T[]> {
  const { status, body } = await http({
    url: `${values.server}${path}`,
    headers: { authorization: `Bearer ${readFileSync(values.token, 'utf8')}` },
    ca: readFileSync(values.ca),
  });
  if (status !== 200) throw new Error(`${path}: ${status}`);
  return JSON.parse(body.toString()).items;
}

const written = new Map<string, string>();
const refused = new Set<string>();
let read = '';

/** @returns the text */
function write(file: string, content: unknown): string {
  const text = JSON.stringify(content, null, 2);
  if (written.get(file) !== text) {
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    written.set(file, text);
  }
  return text;
}

function tellRefused(monitor: ServiceMonitor) {
  const fields = unknownFields(monitor);
  const { namespace, name } = monitor.metadata;
  const what = `${namespace}/${name} is not scraped: ${fields.join(', ')}`;
  if (fields.length === 0 || refused.has(what)) return;
  refused.add(what);
  say(what);
}

const targetsFile = (namespace: string) =>
  join(values.targets, `${namespace}.json`);

async function discover(namespace: string) {
  const [services, endpoints] = await Promise.all([
    list<Service>(`/api/v1/namespaces/${namespace}/services`),
    list<Endpoints>(`/api/v1/namespaces/${namespace}/endpoints`),
  ]);
  write(targetsFile(namespace), targetGroups(namespace, services, endpoints));
}

async function reload() {
  const { status } = await http({ method: 'POST', url: values.reload });
  if (status !== 200) throw new Error(`${values.reload}: ${status}`);
}

async function once() {
  const monitors = await list<ServiceMonitor>(
    '/apis/monitoring.coreos.com/v1/servicemonitors',
  );
  monitors.forEach(tellRefused);
  const scraped = monitors.filter(m => unknownFields(m).length === 0);
  await Promise.all([...new Set(scraped.flatMap(namespacesOf))].map(discover));
  const config = write(values.config, prometheusConfig(scraped, targetsFile));
  if (config !== read) {
    await reload();
    read = config;
    say(`${scraped.length} of ${monitors.length} ServiceMonitors are scraped`);
  }
}

async function main() {
  for (;;) {
    await once().catch(error => say(messageOf(error)));
    await sleep(PAUSE_MS);
  }
}

main().catch(error => {
  say(messageOf(error));
  process.exitCode = 1;
});
