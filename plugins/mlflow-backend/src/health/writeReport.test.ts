import { randomBytes } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { RecordStore } from '../instances/RecordStore';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { eventually } from '../__testUtils__/eventually';
import { testRecord } from '../__testUtils__/instances';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { InstanceWatch } from '../watch/InstanceWatch';
import { HealthReport } from './HealthReport';
import { reportName } from './reportCodec';
import { writeReport } from './writeReport';

const config = sandboxPlatformConfig();
const kubernetes = KubernetesClient.fromConfig(config.kubernetes);
const platform = { name: config.name, config, kubernetes };
const records = new RecordStore(kubernetes, config);
const name = `t-${randomBytes(4).toString('hex')}`;
const record = testRecord({ name, platform: config.name });
const signal = AbortSignal.timeout(55_000);

const report: HealthReport = {
  id: record.id,
  generation: 1,
  at: new Date().toISOString(),
  findings: [],
  conditions: [
    { type: 'Login', status: 'True', reason: 'PageShown', message: 'm' },
  ],
};

const key = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: reportName(name),
  namespace: config.kubernetes.namespace,
};

const watch = new InstanceWatch(platform, {
  logger: mockServices.logger.mock(),
});
const changed: string[] = [];

beforeAll(async () => {
  watch.subscribe({
    onList: () => undefined,
    onRecord: () => undefined,
    onWorkload: instance => changed.push(instance),
  });
  watch.start();
  await eventually('the watch runs', () => watch.freshness().complete);
});

afterAll(async () => {
  watch.stop();
  await records.remove(name, record.id);
});

it('writes nothing about an instance that is gone', async () => {
  await writeReport(platform, record, report, signal);
  expect(await kubernetes.get(key)).toBeUndefined();
});

it('is seen by every watch, and goes with the record', async () => {
  await records.create(record);
  await writeReport(platform, record, report, signal);
  await eventually(
    'the report came',
    () => watch.get(name)?.health?.at === report.at,
  );
  expect(watch.get(name)?.health).toEqual(report);
  expect(changed).toContain(name);

  const later = { ...report, at: new Date(Date.now() + 1).toISOString() };
  await writeReport(platform, record, later, signal);
  await eventually(
    'the next one came',
    () => watch.get(name)?.health?.at === later.at,
  );

  await records.remove(name, record.id);
  await eventually(
    'the report went',
    async () => (await kubernetes.get(key)) === undefined,
  );
});
