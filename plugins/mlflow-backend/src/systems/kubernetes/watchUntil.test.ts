import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { V1ConfigMap } from '@kubernetes/client-node';
import { CuttableProxy } from '../../__testUtils__/CuttableProxy';
import { eventually } from '../../__testUtils__/eventually';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { KubernetesClient } from './KubernetesClient';
import { watchUntil } from './watchUntil';

const { kubernetes: config } = sandboxPlatformConfig();
const direct = KubernetesClient.fromConfig(config);
const key = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: `t-${randomBytes(4).toString('hex')}`,
  namespace: config.namespace,
};
let proxy: CuttableProxy;
let reads: number;

const put = (value: string) =>
  direct.apply<V1ConfigMap>({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: key.name, namespace: key.namespace },
    data: { value },
  });

function untilDone(signal: AbortSignal): Promise<V1ConfigMap> {
  const kubernetes = KubernetesClient.fromConfig({
    ...config,
    server: proxy.url,
  });
  return watchUntil<V1ConfigMap>(
    kubernetes,
    {
      path: `/api/v1/namespaces/${key.namespace}/configmaps`,
      query: { fieldSelector: `metadata.name=${key.name}` },
      async read() {
        const found = await kubernetes.get<V1ConfigMap>(key, signal);
        reads += 1;
        return {
          objects: found ? [found] : [],
          version: found?.metadata?.resourceVersion,
        };
      },
      isReached: ({ data }) => data?.value === 'done',
    },
    signal,
  );
}

beforeEach(async () => {
  reads = 0;
  proxy = await CuttableProxy.listen(new URL(config.server ?? ''));
  await put('begun');
});

afterEach(async () => {
  await proxy.close();
  await direct.delete(key);
});

it('sees at once what is as it shall be', async () => {
  await put('done');

  const found = await untilDone(AbortSignal.timeout(10_000));

  expect(found.data).toEqual({ value: 'done' });
  expect(reads).toBe(1);
});

it('sees by its watch what becomes as it shall be', async () => {
  const waiting = untilDone(AbortSignal.timeout(10_000));
  await eventually('it has read', () => reads === 1);

  await put('done');

  await expect(waiting).resolves.toMatchObject({ data: { value: 'done' } });
  expect(reads).toBe(1);
});

it('outlives an API server that goes and comes back', async () => {
  const waiting = untilDone(AbortSignal.timeout(10_000));
  await eventually('it has read', () => reads === 1);
  await sleep(200);

  proxy.cut();
  await put('done');
  await sleep(1_000);
  proxy.mend();

  await expect(waiting).resolves.toMatchObject({ data: { value: 'done' } });
});

it('ends when it is told', async () => {
  const stop = new AbortController();
  const waiting = untilDone(stop.signal);
  waiting.catch(() => undefined);
  await eventually('it has read', () => reads === 1);

  stop.abort(new Error('cancelled'));

  await expect(waiting).rejects.toThrow('cancelled');
});
