import { someWorkload } from '../../__testUtils__/views';
import { logChoice, Picked } from './logChoice';

const [server, migration] = someWorkload.pods;
const first = { pod: server.name, container: 'mlflow', previous: false };

describe('logChoice', () => {
  it.each<[string, Picked, object]>([
    ['nothing', {}, first],
    ['a pod that is gone', { pod: 'gone', container: 'x' }, first],
    [
      'another pod',
      { pod: migration.name, container: 'mlflow' },
      { pod: migration.name, container: 'migration', previous: false },
    ],
    ['what was before', { previous: true }, { ...first, previous: true }],
    [
      'what was before where nothing was',
      { pod: migration.name, previous: true },
      { pod: migration.name, container: 'migration', previous: false },
    ],
  ])('of %s', (_title, picked, chosen) => {
    expect(logChoice(someWorkload.pods, picked)).toEqual(chosen);
  });

  it('is none without a pod', () => {
    expect(logChoice([], { pod: 'x' })).toBeUndefined();
  });
});
