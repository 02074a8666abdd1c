import { NOW, testRecord } from '../__testUtils__/instances';
import { InstanceRun } from './InstanceRecord';
import { isUnfinished } from './unfinished';

const ago = (seconds: number) =>
  new Date(NOW.getTime() - seconds * 1000).toISOString();

describe('isUnfinished', () => {
  it.each<[Partial<InstanceRun>, boolean]>([
    [{ state: 'done' }, false],
    [{ state: 'failed' }, true],
    [{ state: 'undone' }, true],
    [{ state: 'running', aliveAt: ago(60) }, false],
    [{ state: 'running', aliveAt: ago(100) }, true],
    [{ state: 'undoing', aliveAt: ago(60) }, false],
    [{ state: 'undoing', aliveAt: ago(100) }, true],
    [{ state: 'running', aliveAt: undefined, startedAt: ago(100) }, true],
  ])('%j: %s', (run, expected) => {
    expect(isUnfinished(testRecord({}, run), NOW)).toBe(expected);
  });
});
