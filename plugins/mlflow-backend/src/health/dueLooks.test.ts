import { NOW, testObserved, testRecord } from '../__testUtils__/instances';
import { InstanceRecord } from '../instances/InstanceRecord';
import { dueLooks } from './dueLooks';

const MINUTE = 60_000;
const times = { interval: 10 * MINUTE, round: MINUTE };

const seen = (name: string, minutesAgo?: number, record?: InstanceRecord) =>
  testObserved({
    record: record ?? { ...testRecord({ name }), id: name },
    health:
      minutesAgo === undefined
        ? undefined
        : {
            id: name,
            generation: 1,
            at: new Date(NOW.getTime() - minutesAgo * MINUTE).toISOString(),
            findings: [],
            conditions: [],
          },
  });

const namesOf = (...given: Parameters<typeof dueLooks>[0]) =>
  dueLooks(given, times, NOW).map(({ record }) => record.spec.name);

describe('dueLooks', () => {
  it('takes the one longest not looked at, a tenth of them a round', () => {
    const many = Array.from({ length: 18 }, (_, i) => seen(`fresh-${i}`, 1));
    expect(namesOf(...many, seen('old', 11), seen('older', 30))).toEqual([
      'older',
      'old',
    ]);
    const never = Array.from({ length: 30 }, (_, i) => seen(`never-${i}`));
    expect(namesOf(...never)).toHaveLength(3);
  });

  it('leaves those alone that were looked at', () => {
    expect(namesOf(seen('a', 8), seen('b', 2))).toEqual([]);
    expect(namesOf(seen('a', 9), seen('b', 2))).toEqual(['a']);
  });

  it('takes a look at an earlier instance of the name for none', () => {
    const again = { ...testRecord({ name: 'a' }), id: 'again' };
    expect(namesOf(seen('a', 1, again))).toEqual(['a']);
  });

  it.each([
    ['that is being made', testRecord({}, { state: 'running' })],
    ['whose first run failed', testRecord({}, { state: 'failed' })],
    ['that is undone', testRecord({}, { state: 'undone' })],
  ])('leaves an instance alone %s', (_, record) => {
    expect(namesOf(seen('a', undefined, record))).toEqual([]);
  });

  it('takes one that was complete and whose repair failed', () => {
    const record = {
      ...testRecord({}, { state: 'failed' }),
      provisionedAt: NOW.toISOString(),
    };
    expect(namesOf(seen('churn', undefined, record))).toEqual(['churn']);
  });
});
