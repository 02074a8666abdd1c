import { ServiceUnavailableError } from '@backstage/errors';
import {
  AvailabilityPlatform,
  holderOfHost,
  holderOfName,
} from '../instances/availability';
import { testRecord, TestSource } from '../__testUtils__/instances';
import { QuickAvailability } from './quickAvailability';

const churn = testRecord();

/** A cluster that counts what it is asked for. */
function cluster(working = true) {
  const asked = { records: 0, ingresses: 0 };
  const platform: AvailabilityPlatform = {
    kubernetes: {
      get: async () => undefined,
      async list() {
        asked.ingresses += 1;
        if (!working) {
          throw new ServiceUnavailableError('away');
        }
        return { items: [] };
      },
    },
    records: {
      async get() {
        asked.records += 1;
        return undefined;
      },
      async list() {
        asked.records += 1;
        return { records: [], errors: [] };
      },
    },
  };
  return { asked, platform };
}

describe('QuickAvailability', () => {
  it('knows from the watch who has a name or a host', async () => {
    const { asked, platform } = cluster();
    const source = new TestSource().listed(churn);
    const quick = new QuickAvailability().of(platform, source);

    const holder = { kind: 'instance', record: churn };
    expect(await holderOfName(quick, 'churn')).toEqual(holder);
    expect(await holderOfHost(quick, churn.spec.host)).toEqual(holder);
    expect(await holderOfName(quick, 'free')).toBeUndefined();
    expect(asked).toEqual({ records: 0, ingresses: 0 });
  });

  it.each<[string, TestSource | undefined]>([
    ['there is no watch', undefined],
    ['it has listed nothing yet', new TestSource()],
    [
      'it is cut',
      (() => {
        const source = new TestSource().listed(churn);
        source.failed(new Error('away'));
        return source;
      })(),
    ],
    [
      'a record cannot be read',
      (() => {
        const source = new TestSource().listed();
        source.broken.add('churn');
        return source;
      })(),
    ],
  ])('asks for the records when %s', async (_, source) => {
    const { asked, platform } = cluster();

    await holderOfName(new QuickAvailability().of(platform, source), 'churn');

    expect(asked.records).toBe(1);
  });

  it('lists the Ingresses of a cluster once for many keystrokes', async () => {
    const quick = new QuickAvailability();
    const one = cluster();
    const two = cluster();
    const source = new TestSource().listed();

    for (const host of ['a', 'ab', 'abc']) {
      await holderOfHost(quick.of(one.platform, source), host);
    }
    await holderOfHost(quick.of(two.platform, source), 'abc');

    expect(one.asked.ingresses).toBe(1);
    expect(two.asked.ingresses).toBe(1);
  });

  it.each([
    ['a.example.com', 'an Ingress of a.example.com'],
    ['b.example.com', undefined],
    ['a.wild.example.com', 'an Ingress of *.wild.example.com'],
    ['a.b.wild.example.com', undefined],
    ['wild.example.com', undefined],
  ])('knows what serves %s: %s', async (host, object) => {
    const { platform } = cluster();
    const holder = await holderOfHost(
      {
        ...platform,
        servedHosts: async () =>
          new Set(['a.example.com', '*.wild.example.com']),
      },
      host,
    );
    expect(holder).toEqual(object && { kind: 'foreign', object });
  });

  it('keeps no failure', async () => {
    const quick = new QuickAvailability();
    const { asked, platform } = cluster(false);
    const ask = () => holderOfHost(quick.of(platform, undefined), 'a');

    await expect(ask()).rejects.toThrow('away');
    await expect(ask()).rejects.toThrow('away');

    expect(asked.ingresses).toBe(2);
  });
});
