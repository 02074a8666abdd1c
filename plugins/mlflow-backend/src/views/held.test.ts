import { V1ObjectMeta } from '@kubernetes/client-node';
import { testInstance } from '../__testUtils__/instance';
import { bucketHeld } from './bucketHeld';
import { databasesHeld } from './databasesHeld';
import { clientHeld } from './identityHeld';
import { secretHeld } from './secretsHeld';

const instance = testInstance({ name: 'churn' });
const { mark } = instance;
const other = { problem: expect.stringMatching(/is not this instance's/) };

describe('databasesHeld', () => {
  it('tells sizes by name', () => {
    expect(
      databasesHeld(instance, [
        { name: 'mlflow_churn_auth', mark, bytes: 2 },
        { name: 'mlflow_churn', mark, bytes: 1 },
      ]),
    ).toEqual({
      items: [
        { name: 'mlflow_churn', bytes: 1 },
        { name: 'mlflow_churn_auth', bytes: 2 },
      ],
    });
  });

  it('shows nothing of the database of others', () => {
    const foreign = { name: 'mlflow_churn', mark: 'other/one', bytes: 1 };
    expect(databasesHeld(instance, [foreign])).toEqual(other);
    expect(databasesHeld(instance, [{ ...foreign, mark: undefined }])).toEqual(
      other,
    );
  });

  it('says what to do when the size may not be known', () => {
    expect(databasesHeld(instance, [{ name: 'mlflow_churn', mark }])).toEqual({
      problem: expect.stringMatching(/no member of role mlflow_churn any more/),
    });
  });
});

describe('bucketHeld', () => {
  const state = { mark, empty: false, open: false, limit: 100 };

  it('tells usage and limit', () => {
    const usage = { bytes: 5, objects: 2 };
    expect(bucketHeld(instance, state, usage)).toEqual({
      name: 'mlflow-churn',
      bytes: 5,
      objects: 2,
      limitBytes: 100,
    });
  });

  it('leaves out what the store does not know', () => {
    const unlimited = { ...state, limit: undefined };
    expect(bucketHeld(instance, unlimited, {})).toEqual({
      name: 'mlflow-churn',
    });
  });

  it('says that there is none, and shows nothing of that of others', () => {
    expect(bucketHeld(instance, undefined, {})).toEqual({
      problem: expect.stringMatching(/bucket mlflow-churn does not exist/),
    });
    expect(bucketHeld(instance, { ...state, mark: 'o/1' }, {})).toEqual(other);
  });
});

describe('clientHeld', () => {
  const client = {
    id: '1',
    mark,
    attributes: {},
    defaultScopes: ['profile', 'groups'],
    optionalScopes: ['offline_access'],
    mappers: [],
    name: '',
    description: '',
    enabled: true,
    publicClient: false,
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    fullScopeAllowed: false,
    redirectUris: ['https://mlflow-churn.example.com/callback'],
    webOrigins: [],
  };

  it('tells where it sends people and which scopes all tokens have', () => {
    expect(clientHeld(instance, client)).toEqual({
      id: 'mlflow-churn',
      enabled: true,
      redirectUris: ['https://mlflow-churn.example.com/callback'],
      scopes: ['groups', 'profile'],
    });
  });

  it('says that there is none, and shows nothing of that of others', () => {
    expect(clientHeld(instance, undefined)).toEqual({
      problem: expect.stringMatching(/client mlflow-churn does not exist/),
    });
    expect(clientHeld(instance, { ...client, mark: 'o/1' })).toEqual(other);
  });
});

describe('secretHeld', () => {
  const written = (time: string, ...keys: string[]) => ({
    time: new Date(time),
    fieldsV1: {
      'f:data': Object.fromEntries(keys.map(key => [`f:${key}`, {}])),
    },
  });

  it.each<[string, V1ObjectMeta, object]>([
    [
      'of several writers',
      {
        name: 'mlflow-oidc-config',
        creationTimestamp: new Date('2026-01-01T00:00:00Z'),
        managedFields: [
          written('2026-01-03T00:00:00Z', 'b', 'a'),
          written('2026-01-02T00:00:00Z', 'c', 'a'),
        ],
      },
      {
        name: 'mlflow-oidc-config',
        keys: ['a', 'b', 'c'],
        changedAt: '2026-01-03T00:00:00.000Z',
      },
    ],
    [
      'of which nobody says who wrote it',
      { name: 'x', creationTimestamp: new Date('2026-01-01T00:00:00Z') },
      { name: 'x', keys: [], changedAt: '2026-01-01T00:00:00.000Z' },
    ],
  ])('tells keys and age of a Secret %s', (_, metadata, held) => {
    expect(secretHeld(metadata)).toEqual(held);
  });
});
