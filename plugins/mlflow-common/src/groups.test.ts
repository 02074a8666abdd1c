import { instanceOfGroup } from './groups';
import { instanceNames } from './names';

describe('instanceOfGroup', () => {
  it.each(['mlflow', 'churn', 'a-b', 'mlflow-x', 'users-of-x'])(
    'finds %s by both of its groups',
    name => {
      const { adminGroup, userGroup } = instanceNames(name);
      expect(instanceOfGroup(adminGroup)).toBe(name);
      expect(instanceOfGroup(userGroup)).toBe(name);
    },
  );

  it.each([
    'team-a',
    'mlflow',
    'admins',
    'mlflow-admins-x',
    'ml-users',
    'mlflow-mlflow-admins',
  ])('finds none by %s', group => {
    expect(instanceOfGroup(group)).toBeUndefined();
  });
});
