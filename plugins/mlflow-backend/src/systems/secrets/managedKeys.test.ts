import { keysOf, managedKeys } from './managedKeys';

const entries = [
  {
    manager: 'backstage-mlflow-database',
    operation: 'Apply',
    fieldsV1: {
      'f:data': { 'f:username': {}, 'f:password': {} },
      'f:metadata': { 'f:labels': {} },
    },
  },
  {
    manager: 'backstage-mlflow-identity',
    operation: 'Apply',
    fieldsV1: { 'f:data': { 'f:SECRET_KEY': {} } },
  },
  {
    manager: 'backstage-mlflow-database',
    operation: 'Update',
    fieldsV1: { 'f:data': { 'f:by-hand': {} } },
  },
  { manager: 'kubectl', operation: 'Apply', fieldsV1: { 'f:type': {} } },
];

describe('managedKeys', () => {
  it('finds the keys that one manager applied', () => {
    expect(managedKeys(entries, 'backstage-mlflow-database')).toEqual([
      'username',
      'password',
    ]);
  });

  it.each([
    ['an unknown manager', entries, 'nobody'],
    ['a manager without data', entries, 'kubectl'],
    ['no entries', undefined, 'kubectl'],
  ])('finds none for %s', (_case, found, manager) => {
    expect(managedKeys(found, manager)).toEqual([]);
  });
});

describe('keysOf', () => {
  it('finds the keys of all managers, each once', () => {
    const again = { fieldsV1: { 'f:data': { '.': {}, 'f:username': {} } } };
    expect(keysOf([...entries, again])).toEqual([
      'username',
      'password',
      'SECRET_KEY',
      'by-hand',
    ]);
  });
});
