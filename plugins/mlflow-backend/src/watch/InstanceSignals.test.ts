import { mockServices } from '@backstage/backend-test-utils';
import { SignalPayload } from '@backstage/plugin-signals-node';
import {
  testRecord,
  TestSource,
  testSources,
} from '../__testUtils__/instances';
import { InstanceSignals } from './InstanceSignals';

const recordOf = (name: string) => ({
  ...testRecord({ name }),
  id: `id-of-${name}`,
});

describe('InstanceSignals', () => {
  let source: TestSource;
  let sent: SignalPayload[];
  let signals: InstanceSignals;
  let fail: boolean;

  const logger = mockServices.logger.mock();
  const pass = (milliseconds: number) =>
    jest.advanceTimersByTimeAsync(milliseconds);
  const ids = () => sent.map(({ message }) => message.ids);

  beforeEach(async () => {
    jest.useFakeTimers();
    sent = [];
    fail = false;
    source = new TestSource('lab').listed(recordOf('a'), recordOf('b'));
    signals = new InstanceSignals({
      signals: {
        publish: async payload => {
          sent.push(payload);
          if (fail) {
            throw new Error('nobody there');
          }
        },
      },
      sources: testSources(source),
      logger,
    });
    signals.start();
  });

  afterEach(() => {
    signals.stop();
    jest.useRealTimers();
  });

  it('tells everybody the ids and nothing else', async () => {
    source.worked('a');
    await pass(0);
    expect(sent).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'mlflow:instances',
        message: { ids: ['id-of-a'] },
      },
    ]);
  });

  it('tells the first change at once, and what follows once a second', async () => {
    source.worked('a');
    await pass(0);
    source.worked('b');
    source.worked('a');
    source.worked('b');
    await pass(999);
    expect(ids()).toEqual([['id-of-a']]);
    await pass(1);
    expect(ids()).toEqual([['id-of-a'], ['id-of-b', 'id-of-a']]);
    await pass(5_000);
    expect(sent).toHaveLength(2);
  });

  it('tells of a record that is new, and of one that is gone', async () => {
    source.changed(recordOf('c'));
    await pass(1_000);
    source.deleted('c');
    await pass(1_000);
    source.deleted('c');
    await pass(1_000);
    expect(ids()).toEqual([['id-of-c'], ['id-of-c']]);
  });

  it('tells both ids of an instance that was made anew', async () => {
    source.changed({ ...recordOf('c'), id: 'first' });
    await pass(1_000);
    source.changed({ ...recordOf('c'), id: 'second' });
    await pass(1_000);
    expect(ids()).toEqual([['first'], ['first', 'second']]);
  });

  it('tells of all when the cluster is out of sight or listed anew', async () => {
    source.outOfSight(new Error('gone'));
    await pass(1_000);
    source.listed(recordOf('a'));
    await pass(1_000);
    expect(ids()).toEqual([
      ['id-of-a', 'id-of-b'],
      ['id-of-a', 'id-of-b'],
    ]);
  });

  it('goes on when it could not tell', async () => {
    fail = true;
    source.worked('a');
    await pass(1_000);
    fail = false;
    source.worked('b');
    await pass(1_000);
    expect(ids()).toEqual([['id-of-a'], ['id-of-b']]);
  });

  it('is silent when it is stopped', async () => {
    source.worked('a');
    signals.stop();
    source.worked('b');
    await pass(5_000);
    expect(sent).toEqual([]);
  });
});
