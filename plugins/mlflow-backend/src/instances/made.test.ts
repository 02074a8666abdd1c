import { testRecord } from '../__testUtils__/instances';
import { Change } from '../steps/Step';
import { madeByTask, madeSinceComplete, withIntent, withoutMade } from './made';

const change = (
  object: string,
  action: Change['action'] = 'create',
): Change => ({ system: 'Keycloak', object, action });

describe('what was made', () => {
  it('is what was to be created, by step and task, each once', () => {
    const first = withIntent(testRecord(), 'identity', 'task-1', [
      change('client a'),
      change('group b', 'keep'),
      { ...change('membership c'), id: '42' },
    ]);
    const second = withIntent(first, 'identity', 'task-2', [
      change('client a'),
      change('group b', 'update'),
    ]);
    expect(madeByTask(first, 'task-1').map(({ object }) => object)).toEqual([
      'client a',
      'membership c',
    ]);
    expect(second.made).toMatchObject([
      { object: 'membership c', id: '42', taskId: 'task-1' },
      { object: 'client a', taskId: 'task-2' },
    ]);
  });

  it('keeps objects of one name in two steps apart', () => {
    const record = withIntent(
      withIntent(testRecord(), 'database', 'task-1', [change('secret x')]),
      'identity',
      'task-1',
      [change('secret x')],
    );
    expect(record.made).toHaveLength(2);
    expect(
      withoutMade(record, [{ step: 'database', object: 'secret x' }]).made,
    ).toMatchObject([{ step: 'identity' }]);
  });

  it('since the instance was complete is what came later', () => {
    const record = {
      ...testRecord(),
      provisionedAt: '2026-01-02T00:00:00.000Z',
      made: [
        ['old', '2026-01-01T00:00:00.000Z'],
        ['new', '2026-01-03T00:00:00.000Z'],
      ].map(([object, at]) => ({
        system: 'Keycloak' as const,
        object,
        step: 'identity',
        taskId: 'task-1',
        at,
      })),
    };
    expect(madeSinceComplete(record)).toMatchObject([{ object: 'new' }]);
    expect(
      madeSinceComplete({ ...record, provisionedAt: undefined }),
    ).toHaveLength(2);
  });
});
