import { testRecord } from '../__testUtils__/instances';
import { assertCanOwn } from './assertCanOwn';

describe('assertCanOwn', () => {
  const churn = testRecord();
  const records = {
    get: async (name: string) => (name === churn.spec.name ? churn : undefined),
  };

  it.each(['group:default/mlflow-churn-users', 'group:x/mlflow-churn-admins'])(
    'refuses %s, which is of an instance',
    async owner => {
      await expect(assertCanOwn(records, owner)).rejects.toThrow(
        `The group ${owner} says who may use the instance "churn", and owns none. Choose a team.`,
      );
    },
  );

  it.each(['group:default/team-a', 'group:default/mlflow-gone-users'])(
    'takes %s',
    async owner => {
      await expect(assertCanOwn(records, owner)).resolves.toBeUndefined();
    },
  );
});
