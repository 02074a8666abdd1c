import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { V1Lease } from '@kubernetes/client-node';
import { ServiceUnavailableError } from '@backstage/errors';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { InstanceLeases } from './InstanceLeases';
import { LeaseStore } from './LeaseStore';

const TIMES = { duration: 1_500, renewal: 300, idle: 900, pause: 50 };

describe('InstanceLeases', () => {
  const config = sandboxPlatformConfig();
  const kubernetes = KubernetesClient.fromConfig(config.kubernetes);
  const { namespace } = config.kubernetes;
  const store = new LeaseStore(kubernetes, namespace, 1);
  const made: InstanceLeases[] = [];
  let name: string;

  /** The Leases of one process. */
  const processOf = () => {
    const leases = new InstanceLeases(store, TIMES);
    made.push(leases);
    return leases;
  };
  const wait = () => {
    const lines: string[] = [];
    return {
      signal: AbortSignal.timeout(10_000),
      log: (line: string) => void lines.push(line),
      lines,
    };
  };
  const holder = async () => (await store.read(name))?.holder;

  beforeEach(() => {
    name = `t-${randomBytes(4).toString('hex')}`;
  });

  afterEach(async () => {
    await Promise.all(made.splice(0).map(leases => leases.close()));
    const left = await store.read(name);
    if (left) {
      await store.remove(name, left);
    }
  });

  it('stays with the task from one action to the next, and ends when it is idle', async () => {
    const leases = processOf();
    await leases.hold(name, 'task-1', wait(), async () => undefined);
    expect(await holder()).toMatch(/^task-1\//);

    const begin = performance.now();
    await leases.hold(name, 'task-1', wait(), async () => undefined);
    expect(performance.now() - begin).toBeLessThan(50);

    await sleep(TIMES.idle + 3 * TIMES.renewal);
    expect(await holder()).toBeUndefined();
  });

  it('is renewed while the work goes on, and names the moment', async () => {
    await processOf().hold(name, 'task-1', wait(), async () => {
      const first = await store.read(name);
      await sleep(3 * TIMES.renewal);
      const later = await store.read(name);
      expect(later?.version).not.toBe(first?.version);
      expect(later?.renewedAt).toBeGreaterThan(first?.renewedAt ?? 0);
    });
    const lease = await kubernetes.get<V1Lease>({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      name: `instance-${name}`,
      namespace,
    });
    expect(lease?.spec?.leaseDurationSeconds).toBe(1);
  });

  it('refuses another task while the holder lives, and names the holder', async () => {
    const work = processOf().hold(name, 'task-1', wait(), () => sleep(1_500));
    await sleep(100);
    const second = wait();
    await expect(
      processOf().hold(name, 'task-2', second, async () => undefined),
    ).rejects.toThrow(`Task task-1 is at work on the instance "${name}"`);
    expect(second.lines).toEqual([
      'Task task-1 was at work on the instance; waiting until its Lease ends',
    ]);
    await work;
  });

  it('lets one of two go first when both ask at the same moment', async () => {
    const results = await Promise.allSettled(
      ['task-1', 'task-2', 'task-3'].map(task =>
        processOf().hold(name, task, wait(), () => sleep(1_200)),
      ),
    );
    const statuses = results.map(({ status }) => status).sort();
    expect(statuses).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('goes to another as soon as the holder failed', async () => {
    const leases = processOf();
    await expect(
      leases.hold(name, 'task-1', wait(), async () => {
        throw new Error('the step failed');
      }),
    ).rejects.toThrow('the step failed');
    const begin = performance.now();
    await processOf().hold(name, 'task-2', wait(), async () => undefined);
    expect(performance.now() - begin).toBeLessThan(TIMES.duration / 2);
  });

  it('ends though the cluster refused that once', async () => {
    let refused = 0;
    const refusing = new LeaseStore(
      {
        get: kubernetes.get.bind(kubernetes),
        create: kubernetes.create.bind(kubernetes),
        replace: kubernetes.replace.bind(kubernetes),
        delete: async (key, options) => {
          if (refused++ === 0) {
            throw new ServiceUnavailableError('Kubernetes: try later');
          }
          return kubernetes.delete(key, options);
        },
      },
      namespace,
      1,
    );
    const leases = new InstanceLeases(refusing, TIMES);
    made.push(leases);
    await leases.hold(name, 'task-1', wait(), async () => undefined);
    await leases.release(name, 'task-1');
    expect(await holder()).toBeUndefined();
    expect(refused).toBe(2);
  });

  it('is taken from a process that died, after the Lease has run out', async () => {
    await store.write(name, 'task-1/dead', undefined);
    const begin = performance.now();
    await processOf().hold(name, 'task-2', wait(), async () => undefined);
    expect(performance.now() - begin).toBeGreaterThan(TIMES.duration);
    expect(await holder()).toMatch(/^task-2\//);
  });

  it('makes the same task in another process wait for its end', async () => {
    const order: string[] = [];
    const first = processOf();
    const work = first.hold(name, 'task-1', wait(), async () => {
      await sleep(1_000);
      order.push('first');
    });
    await sleep(100);
    const again = processOf().hold(name, 'task-1', wait(), async () => {
      order.push('second');
    });
    await work;
    await first.release(name, 'task-1');
    await again;
    expect(order).toEqual(['first', 'second']);
  });

  it('makes the same task in the same process wait for its turn', async () => {
    const leases = processOf();
    const order: string[] = [];
    await Promise.all([
      leases.hold(name, 'task-1', wait(), async () => {
        await sleep(300);
        order.push('first');
      }),
      sleep(50).then(() =>
        leases.hold(name, 'task-1', wait(), async () => {
          order.push('second');
        }),
      ),
    ]);
    expect(order).toEqual(['first', 'second']);
  });

  it('stops the work when somebody else has taken it', async () => {
    await expect(
      processOf().hold(name, 'task-1', wait(), async signal => {
        await store.write(name, 'task-2/other', await store.read(name));
        await sleep(5_000, undefined, { signal });
      }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(await holder()).toBe('task-2/other');
  });

  it('is not ended by a holder that has lost it', async () => {
    const leases = processOf();
    await leases.hold(name, 'task-1', wait(), async () => undefined);
    await store.write(name, 'task-2/other', await store.read(name));
    await leases.release(name, 'task-1');
    expect(await holder()).toBe('task-2/other');
  });

  it('gives up waiting when it is told to', async () => {
    await store.write(name, 'task-1/dead', undefined);
    const signal = AbortSignal.timeout(200);
    await expect(
      processOf().hold(
        name,
        'task-2',
        { ...wait(), signal },
        async () => undefined,
      ),
    ).rejects.toThrow();
    expect(await holder()).toBe('task-1/dead');
  });
});
