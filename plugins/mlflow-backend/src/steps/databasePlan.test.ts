import { testInstance } from '../__testUtils__/instance';
import { DatabaseObserved, planDatabaseStep } from './databasePlan';

const instance = testInstance({ name: 'x' });
const { mark } = instance;

const role = { mark, canLogin: true, connectionLimit: 40, ours: true };
const database = { mark, owner: 'mlflow_x', open: false };
const right: DatabaseObserved = {
  role,
  tracking: database,
  auth: database,
  secretsComplete: true,
  passwordAccepted: true,
};

const actions = (observed: DatabaseObserved) =>
  planDatabaseStep(instance, observed).map(({ action }) => action);

describe('planDatabaseStep', () => {
  it('makes everything when nothing is there', () => {
    expect(
      planDatabaseStep(instance, {
        secretsComplete: false,
        passwordAccepted: false,
      }).map(({ object, action }) => `${action} ${object}`),
    ).toEqual([
      'create role mlflow_x',
      'create database mlflow_x',
      'create database mlflow_x_auth',
      'create secret mlflow-db-secret',
    ]);
  });

  it('keeps what is right', () => {
    expect(actions(right)).toEqual(['keep', 'keep', 'keep', 'keep']);
  });

  it.each<[string, Partial<DatabaseObserved>, string]>([
    ['a password that is refused', { passwordAccepted: false }, 'password'],
    [
      'another connection limit',
      { role: { ...role, connectionLimit: -1 } },
      'connection limit -1, not 40',
    ],
    [
      'a role that may not log in',
      { role: { ...role, canLogin: false }, passwordAccepted: false },
      'may not log in',
    ],
    [
      'a role that the portal has no hold of',
      { role: { ...role, ours: false } },
      'may not act for it',
    ],
  ])('repairs %s', (_case, change, reason) => {
    const [planned] = planDatabaseStep(instance, { ...right, ...change });

    expect(planned.action).toBe('update');
    expect(planned.detail).toContain(reason);
  });

  it.each([
    ['half-made', { ...database, mark: undefined }, 'has no mark yet'],
    ['open', { ...database, open: true }, 'is open to every role'],
    ['given away', { ...database, owner: 'postgres' }, 'is owned by postgres'],
  ])('repairs a database that is %s', (_case, tracking, detail) => {
    expect(planDatabaseStep(instance, { ...right, tracking })[1]).toEqual({
      system: 'PostgreSQL',
      object: 'database mlflow_x',
      action: 'update',
      detail,
    });
  });

  it.each<[string, Partial<DatabaseObserved>, number]>([
    ['a role of another', { role: { ...role, mark: 'other/1' } }, 0],
    ['a role without mark', { role: { ...role, mark: undefined } }, 0],
    ['a database of another', { auth: { ...database, mark: 'other/1' } }, 2],
    [
      'a database without mark that another role owns',
      { tracking: { mark: undefined, owner: 'postgres', open: true } },
      1,
    ],
    [
      'a database without mark when the role is of another',
      {
        role: { ...role, mark: 'other/1' },
        tracking: { ...database, mark: undefined },
      },
      1,
    ],
  ])('finds a conflict in %s', (_case, change, index) => {
    expect(actions({ ...right, ...change })[index]).toBe('conflict');
  });
});
