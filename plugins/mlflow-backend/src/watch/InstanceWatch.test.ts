import { randomBytes } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { RecordStore } from '../instances/RecordStore';
import { recordName, toConfigMap } from '../instances/recordCodec';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { eventually } from '../__testUtils__/eventually';
import { testRecord } from '../__testUtils__/instances';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { InstanceWatch } from './InstanceWatch';

describe('InstanceWatch', () => {
  const config = sandboxPlatformConfig();
  const kubernetes = KubernetesClient.fromConfig(config.kubernetes);
  const records = new RecordStore(kubernetes, config);
  const { namespace } = config.kubernetes;
  const name = `t-${randomBytes(4).toString('hex')}`;
  const record = testRecord({ name, platform: 'named-otherwise' });
  let watch: InstanceWatch;
  let lists: number;
  let changes: string[];

  beforeEach(async () => {
    lists = 0;
    changes = [];
    watch = new InstanceWatch(
      { name: config.name, config, kubernetes },
      { logger: mockServices.logger.mock() },
    );
    watch.subscribe({
      onList: () => {
        lists += 1;
      },
      onRecord: changed => changes.push(changed),
    });
    watch.start();
    watch.start();
    await eventually('the list came', () => lists > 0);
  });

  afterEach(async () => {
    watch.stop();
    await kubernetes.delete({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: recordName(name),
      namespace,
    });
  });

  const ours = () => changes.filter(changed => changed === name);

  it('follows the record of an instance', async () => {
    expect(watch.get(name)).toBeUndefined();

    await records.create(record);
    await eventually('it came', () => ours().length === 1);
    expect(watch.get(name)?.record.id).toBe(record.id);
    expect(watch.list().map(item => item.record.spec.name)).toContain(name);

    await records.update(name, old => ({ ...old, generation: 2 }));
    await eventually('it changed', () => ours().length === 2);
    expect(watch.get(name)?.record.generation).toBe(2);

    await records.remove(name, record.id);
    await eventually('it went', () => ours().length === 3);
    expect(watch.get(name)).toBeUndefined();
    expect(watch.freshness().complete).toBe(true);
  });

  it('calls the platform what this portal calls it', async () => {
    await records.create(record);
    await eventually('it came', () => ours().length === 1);

    expect(watch.get(name)?.record.spec.platform).toBe(config.name);
    expect((await records.get(name))?.spec.platform).toBe(config.name);
    const { records: listed } = await records.list();
    expect(new Set(listed.map(({ spec }) => spec.platform))).toEqual(
      new Set([config.name]),
    );
  });

  it('keeps a record that became unreadable', async () => {
    await records.create(record);
    await eventually('it came', () => ours().length === 1);

    await kubernetes.apply({
      ...toConfigMap(record, namespace),
      data: { 'record.json': '{"from": "a later version"}' },
    });

    await eventually('it was seen', () => watch.unreadable().includes(name));
    expect(watch.get(name)?.record.id).toBe(record.id);
    expect(ours()).toHaveLength(1);
  });

  it('does not take a copy for another instance', async () => {
    const original = testRecord({ name: `${name}-other` });
    const copy = toConfigMap(original, namespace);

    await kubernetes.create({
      ...copy,
      metadata: { ...copy.metadata, name: recordName(name) },
    });

    await eventually('it was seen', () => watch.unreadable().includes(name));
    expect(watch.get(name)).toBeUndefined();
    expect(watch.get(`${name}-other`)).toBeUndefined();
  });
});
