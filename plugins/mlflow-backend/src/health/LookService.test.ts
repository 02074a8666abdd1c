import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from '../__testUtils__/eventually';
import {
  testRecord,
  TestSource,
  testSources,
} from '../__testUtils__/instances';
import { HealthReport } from './HealthReport';
import { LookOptions, LookService } from './LookService';

const named = (name: string) => ({ ...testRecord({ name }), id: name });
const ref = (name: string) => ({ platform: 'lab', name });

function reportOn(id: string, changes: Partial<HealthReport> = {}) {
  return {
    id,
    generation: 1,
    at: new Date().toISOString(),
    findings: [],
    conditions: [],
    ...changes,
  };
}

/** Looks that end when the test says so. */
function start(...names: string[]) {
  const source = new TestSource().listed(...names.map(named));
  const looks: {
    name: string;
    end(error?: Error, later?: Promise<HealthReport>): void;
  }[] = [];
  const written: HealthReport[] = [];
  const logger = mockServices.logger.mock();
  const options: LookOptions = {
    sources: testSources(source),
    logger,
    look: ({ record }) =>
      new Promise((resolve, reject) => {
        const report = reportOn(record.id);
        looks.push({
          name: record.spec.name,
          end: (error, later) =>
            error ? reject(error) : resolve({ report, later }),
        });
      }),
    write: async (_, report) => {
      written.push(report);
    },
  };
  const service = new LookService(options);
  return { service, source, looks, written, logger };
}

describe('LookService', () => {
  it('shares a look among those who ask at the same time', async () => {
    const { service, looks, written, source } = start('a');
    const asked = [service.check(ref('a'), 0), service.check(ref('a'), 0)];
    await eventually('a look began', () => looks.length > 0);
    asked.push(service.check(ref('a'), 0));
    looks[0].end();
    await Promise.all(asked);

    expect(looks).toHaveLength(1);
    expect(written).toHaveLength(1);
    const [observed] = source.list();
    expect(service.withLatest(observed).health).toEqual(written[0]);
  });

  it('takes four looks at once and no more', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { service, looks } = start(...names);
    const asked = names.map(name => service.check(ref(name), 0));
    await eventually('looks began', () => looks.length === 4);
    looks[0].end();
    await eventually('another began', () => looks.length === 5);
    looks[1].end();
    await eventually('the last began', () => looks.length === 6);
    looks.forEach(({ end }) => end());
    await Promise.all(asked);
    expect(looks.map(({ name }) => name)).toEqual(names);
  });

  it('does not look again at once, nor while a look serves', async () => {
    const { service, looks } = start('a');
    const first = service.check(ref('a'), 0);
    await eventually('a look began', () => looks.length === 1);
    looks[0].end();
    await first;
    await service.check(ref('a'), 0);
    await service.check(ref('a'), 60_000);
    expect(looks).toHaveLength(1);
  });

  it('lets the look of another replica serve', async () => {
    const { service, source, looks } = start('a');
    const [observed] = source.list();
    const at = new Date(Date.now() - 10_000).toISOString();
    source.instances.set('a', {
      ...observed,
      health: reportOn('a', { at }),
    });
    await service.check(ref('a'), 20_000);
    expect(looks).toHaveLength(0);
    const newer = service.check(ref('a'), 10_500);
    await eventually('a look began', () => looks.length === 1);
    looks[0].end();
    await newer;
  });

  it('leaves alone what is being made, and what is not there', async () => {
    const { service, source, looks } = start();
    source.listed(testRecord({ name: 'new' }, { state: 'running' }));
    await service.check(ref('new'), 0);
    await service.check(ref('gone'), 0);
    await service.check({ platform: 'other', name: 'a' }, 0);
    expect(looks).toHaveLength(0);
  });

  it('does not reject when a look fails, and says so', async () => {
    const { service, looks, logger, source } = start('a');
    const asked = service.check(ref('a'), 0);
    await eventually('a look began', () => looks.length === 1);
    looks[0].end(new Error('it broke'));
    await asked;
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/lab\/a could not be looked at: .*it broke/),
    );
    expect(service.withLatest(source.list()[0]).health).toBeUndefined();
  });

  it('adds what comes later, and writes it down when it is news', async () => {
    const { service, looks, written, source } = start('a');
    let add = (_: HealthReport) => {};
    const later = new Promise<HealthReport>(resolve => (add = resolve));
    const asked = service.check(ref('a'), 0);
    await eventually('a look began', () => looks.length === 1);
    looks[0].end(undefined, later);
    await asked;
    const [first] = written;
    add({
      ...first,
      conditions: [
        { type: 'Drift', status: 'True', reason: 'r', message: 'm' },
      ],
    });
    await eventually('it was written', () => written.length === 2);
    const [observed] = source.list();
    expect(service.withLatest(observed).health).toEqual(written[1]);
  });
});
