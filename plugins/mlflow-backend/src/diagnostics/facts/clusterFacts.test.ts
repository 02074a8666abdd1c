import { parseDatabaseUri } from './parseDatabaseUri';
import { quotaFact } from './quotaFact';
import { secretFact } from './secretFact';
import { argumentOf, settingsOf } from './serverSettings';

describe('settings of a container', () => {
  const configMaps = [
    { metadata: { name: 'env' }, data: { A: 'map', B: 'map' } },
  ];
  const secrets = [{ name: 'keys', keys: ['B', 'C'], empty: [] }];

  it('are put together as Kubernetes does, and hold no value of a Secret', () => {
    const settings = settingsOf(
      {
        name: 'mlflow',
        command: ['mlflow'],
        args: ['server', '--workers=1'],
        envFrom: [
          { configMapRef: { name: 'env' } },
          { secretRef: { name: 'keys' } },
          { secretRef: { name: 'absent' } },
        ],
        env: [
          { name: 'C', value: 'own' },
          { name: 'D', value: '' },
          {
            name: 'E',
            valueFrom: { secretKeyRef: { name: 'other', key: 'e' } },
          },
          {
            name: 'F',
            valueFrom: { configMapKeyRef: { name: 'env', key: 'A' } },
          },
          { name: 'G', valueFrom: { fieldRef: { fieldPath: 'x' } } },
        ],
      },
      configMaps,
      secrets,
    );

    expect(settings).toEqual({
      plain: { A: 'map', C: 'own', D: '', F: 'map' },
      fromSecrets: {
        B: { secret: 'keys', key: 'B' },
        E: { secret: 'other', key: 'e' },
      },
      args: ['mlflow', 'server', '--workers=1'],
    });
  });

  it('are empty without a container', () => {
    expect(settingsOf(undefined, configMaps, secrets)).toEqual({
      plain: {},
      fromSecrets: {},
      args: [],
    });
  });

  it.each([
    [['--app-name=x'], 'x'],
    [['--app-name', 'x', 'y'], 'x'],
    [['--app-name='], ''],
    [['--app', 'x'], undefined],
  ])('have an option in %j', (args, expected) => {
    expect(argumentOf({ args }, '--app-name')).toBe(expected);
  });
});

it('tells of a Secret the names and times alone', () => {
  const keys = (...names: string[]) => ({
    'f:data': Object.fromEntries(names.map(name => [`f:${name}`, {}])),
  });
  const fact = secretFact({
    metadata: {
      name: 's',
      managedFields: [
        { time: new Date('2026-01-01T00:00:00Z'), fieldsV1: keys('a', 'b') },
        { time: new Date('2026-01-02T00:00:00Z'), fieldsV1: keys('b') },
        { fieldsV1: keys('c') },
      ],
    },
    data: { a: 'aGlkZGVu', b: '' },
  });

  expect(fact).toEqual({
    name: 's',
    keys: ['a', 'b'],
    empty: ['b'],
    changedAt: {
      a: '2026-01-01T00:00:00.000Z',
      b: '2026-01-02T00:00:00.000Z',
    },
  });
  expect(JSON.stringify(fact)).not.toContain('aGlkZGVu');
});

it('tells of a quota what is reached', () => {
  const status = {
    hard: {
      pods: '3',
      'limits.memory': '4Gi',
      'limits.cpu': '2',
      secrets: '9',
    },
    used: { pods: '3', 'limits.memory': '4096Mi', 'limits.cpu': '1500m' },
  };
  expect(quotaFact({ metadata: { name: 'q' }, status })).toEqual({
    name: 'q',
    reached: ['pods: 3 of 3', 'limits.memory: 4096Mi of 4Gi'],
  });
});

it.each([
  [
    'postgresql+psycopg2://u:p%40%2F%25@h:5432/db?sslmode=verify-full',
    { user: 'u', password: 'p@/%', database: 'db' },
  ],
  ['postgres://u:p@h/db', { user: 'u', password: 'p', database: 'db' }],
  ['postgresql://u:100%@h/db', { user: 'u', password: '100%', database: 'db' }],
  ['postgresql://u@h/db', undefined],
  ['postgresql://u:p@h/', undefined],
  ['sqlite:///x.db', undefined],
  ['nonsense', undefined],
  [undefined, undefined],
])('reads %s', (uri, expected) => {
  expect(parseDatabaseUri(uri)).toEqual(expected);
});
