import { randomBytes } from 'node:crypto';
import { V1ConfigMap } from '@kubernetes/client-node';
import { fakeApiServer } from '../../__testUtils__/apiServer';
import { CuttableProxy } from '../../__testUtils__/CuttableProxy';
import { eventually } from '../../__testUtils__/eventually';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { KubernetesClient } from './KubernetesClient';
import { objectKey } from './ObjectIndex';
import { WatchList, WatchTimes } from './watchList';

const LABEL = 'mlflow.org/test';

/** A watch list of its own ConfigMaps, by way of a connection that can be cut. */
class Bench {
  readonly run = `t-${randomBytes(4).toString('hex')}`;
  readonly seen: string[] = [];
  readonly failures: Error[] = [];
  readonly #config = sandboxPlatformConfig().kubernetes;
  readonly #direct = KubernetesClient.fromConfig(this.#config);
  readonly #stop = new AbortController();
  #proxy?: CuttableProxy;
  #running?: Promise<void>;
  #list?: WatchList<V1ConfigMap>;

  async start(times: Partial<WatchTimes> = {}): Promise<void> {
    this.#proxy = await CuttableProxy.listen(
      new URL(this.#config.server ?? ''),
    );
    const list = new WatchList<V1ConfigMap>(
      KubernetesClient.fromConfig({ ...this.#config, server: this.#proxy.url }),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        resource: 'configmaps',
        namespace: this.#config.namespace,
        labelSelector: `${LABEL}=${this.run}`,
      },
      {
        onList: objects =>
          this.seen.push(`list ${[...objects.keys()].map(short).join()}`),
        onChange: (key, object) =>
          this.seen.push(
            object ? `${short(key)}=${object.data?.value}` : `-${short(key)}`,
          ),
        onFailure: error => this.failures.push(error),
        onRecovery: () => this.seen.push('recovered'),
      },
      { minRetry: 50, maxRetry: 200, ...times },
    );
    this.#list = list;
    this.#running = list.run(this.#stop.signal);
  }

  get list(): WatchList<V1ConfigMap> {
    if (!this.#list) {
      throw new Error('not started');
    }
    return this.#list;
  }

  get proxy(): CuttableProxy {
    if (!this.#proxy) {
      throw new Error('not started');
    }
    return this.#proxy;
  }

  values(): Record<string, string | undefined> {
    return Object.fromEntries(
      [...this.list.objects].map(([key, { data }]) => [
        short(key),
        data?.value,
      ]),
    );
  }

  put(name: string, value: string): Promise<V1ConfigMap> {
    return this.#direct.apply<V1ConfigMap>({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: `${this.run}-${name}`,
        namespace: this.#config.namespace,
        labels: { [LABEL]: this.run },
      },
      data: { value },
    });
  }

  remove(name: string): Promise<unknown> {
    return this.#direct.delete({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: `${this.run}-${name}`,
      namespace: this.#config.namespace,
    });
  }

  async end(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await this.#proxy?.close();
    const left = await this.#direct.list<V1ConfigMap>({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: this.#config.namespace,
      labelSelector: `${LABEL}=${this.run}`,
    });
    await Promise.all(
      left.items.map(item => this.remove(short(objectKey(item)))),
    );
  }
}

/** `a` of `<namespace>/t-01234567-a`. */
function short(key: string): string {
  return key.slice(key.lastIndexOf('-') + 1);
}

describe('WatchList', () => {
  let bench: Bench;

  beforeEach(() => {
    bench = new Bench();
  });

  afterEach(async () => {
    await bench.end();
  });

  it('lists, then follows each change', async () => {
    await bench.put('a', '1');
    await bench.start();
    await eventually('the list came', () => bench.seen.length === 1);

    await bench.put('b', '1');
    await bench.put('a', '2');
    await bench.remove('b');

    await eventually('all came', () => bench.seen.length === 4);
    expect(bench.seen).toEqual(['list a', 'b=1', 'a=2', '-b']);
    expect(bench.values()).toEqual({ a: '2' });
    expect(bench.failures).toEqual([]);
  });

  it('keeps what it knows while the API server is away, and catches up', async () => {
    await bench.put('a', '1');
    await bench.put('b', '1');
    await bench.start();
    await eventually('the list came', () => bench.seen.length === 1);

    bench.proxy.cut();
    await eventually('it was noticed', () => bench.failures.length > 0);
    const lastRightAt = bench.list.rightAt;
    await bench.put('a', '2');
    await bench.remove('b');
    expect(bench.values()).toEqual({ a: '1', b: '1' });
    expect(bench.list.rightAt).toEqual(lastRightAt);
    bench.proxy.mend();

    await eventually('it caught up', () => bench.values().a === '2');
    expect(bench.values()).toEqual({ a: '2' });
    expect(bench.failures[0].message).toMatch(/did not answer/);
    await eventually('it says so', () => bench.seen.includes('recovered'));
    await bench.put('c', '1');
    await eventually('it goes on', () => bench.values().c === '1');
  });

  it('begins with an API server that is away', async () => {
    await bench.put('a', '1');
    await bench.start();
    bench.proxy.cut();
    await eventually('it was noticed', () => bench.failures.length > 0);
    expect(bench.list.rightAt).toBeUndefined();
    bench.proxy.mend();

    await eventually('the list came', () => bench.values().a === '1');
  });

  it('goes on where a watch ended, without a new list', async () => {
    await bench.start({ watch: 1_000 });
    await eventually('the list came', () => bench.seen.length === 1);
    await new Promise(resolve => setTimeout(resolve, 2_500));

    await bench.put('a', '1');

    await eventually('it came', () => bench.seen.length === 2);
    expect(bench.seen).toEqual(['list ', 'a=1']);
    expect(bench.failures).toEqual([]);
  });

  it('is not known to be right by an open connection alone', async () => {
    await bench.start();
    await eventually('the list came', () => bench.seen.length === 1);
    const listedAt = bench.list.rightAt;
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(bench.list.rightAt).toEqual(listedAt);

    await bench.put('a', '1');
    await eventually('it came', () => bench.seen.length === 2);

    expect(bench.list.rightAt?.getTime()).toBeGreaterThan(
      listedAt?.getTime() ?? Infinity,
    );
  });

  it('lists anew from time to time', async () => {
    await bench.put('a', '1');
    await bench.start({ watch: 1_000, relist: 500 });

    await eventually('lists came', () => bench.seen.length >= 2);

    expect(new Set(bench.seen)).toEqual(new Set(['list a']));
  });

  it('ends when it is told, leaving no connection', async () => {
    await bench.start();
    await eventually('the list came', () => bench.seen.length === 1);

    await bench.end();

    expect(bench.proxy.connections).toBe(0);
    expect(bench.failures).toEqual([]);
  });
});

describe('WatchList that may list but not watch', () => {
  it('asks less and less often, and does not call itself healthy', async () => {
    const lists: number[] = [];
    const seen: string[] = [];
    const server = await fakeApiServer((request, response) => {
      if (request.url?.includes('watch=true')) {
        response.statusCode = 403;
        response.end();
        return;
      }
      lists.push(Date.now());
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'ConfigMapList',
          metadata: { resourceVersion: '1' },
          items: [],
        }),
      );
    });
    const stop = new AbortController();
    const running = new WatchList<V1ConfigMap>(
      server.kubernetes,
      { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps' },
      {
        onList: () => {},
        onChange: () => {},
        onFailure: ({ name }) => seen.push(name),
        onRecovery: () => seen.push('recovered'),
      },
      { minRetry: 50, maxRetry: 60_000 },
    ).run(stop.signal);

    await eventually('it was refused four times', () => seen.length === 4);
    stop.abort();
    await running;
    await server.close();

    expect(new Set(seen)).toEqual(new Set(['NotAllowedError']));
    // Waits of 25 to 50, 50 to 100 and 100 to 200 ms; without growth 75 to 150.
    expect(lists[3] - lists[0]).toBeGreaterThanOrEqual(175);
  });
});
