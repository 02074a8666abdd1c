import { randomBytes } from 'node:crypto';
import { V1Namespace } from '@kubernetes/client-node';
import { instanceNames } from 'backstage-plugin-mlflow-common';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { clusterAdmin } from '../__testUtils__/clusterAdmin';
import { testRecord } from '../__testUtils__/instances';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { holderOfHost, holderOfName } from './availability';
import { RecordStore } from './RecordStore';

describe('what is free', () => {
  const config = sandboxPlatformConfig();
  const kubernetes = KubernetesClient.fromConfig(config.kubernetes);
  const records = new RecordStore(kubernetes, config);
  const admin = clusterAdmin();
  const platform = { kubernetes, records };
  const name = `t-${randomBytes(4).toString('hex')}`;
  const host = `${name}.${config.domains[0]}`;
  const { namespace } = instanceNames(name);
  const record = testRecord({ name, host });

  afterEach(async () => {
    await records.remove(name, record.id);
    await admin.delete({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: namespace,
    });
  });

  it('finds nobody', async () => {
    await expect(holderOfName(platform, name)).resolves.toBeUndefined();
    await expect(holderOfHost(platform, host)).resolves.toBeUndefined();
  });

  it('finds the instance that has name and host', async () => {
    await records.create(record);

    const holder = { kind: 'instance', record: { id: record.id } };
    await expect(holderOfName(platform, name)).resolves.toMatchObject(holder);
    await expect(holderOfHost(platform, host)).resolves.toMatchObject(holder);
  });

  it('finds a namespace and an Ingress that are none of ours', async () => {
    const metadata = { name: namespace };
    await admin.create<V1Namespace>({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata,
    });
    await admin.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'web', namespace },
      spec: {
        ingressClassName: 'none',
        rules: [
          {
            host,
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'web', port: { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    });

    await expect(holderOfName(platform, name)).resolves.toMatchObject({
      kind: 'foreign',
    });
    await expect(holderOfHost(platform, host)).resolves.toMatchObject({
      kind: 'foreign',
    });
  });
});
