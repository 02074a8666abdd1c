import { testInstance } from '../__testUtils__/instance';
import { MembersObserved, planMembers } from './identityMembersPlan';
import { membersMapper } from './identityWanted';

const instance = testInstance({ name: 'x', host: 'mlflow-x.example.com' });

const right: MembersObserved = {
  role: { id: 'r', name: 'member' },
  groups: { admin: true, user: true },
  scope: {
    id: 's',
    name: 'mlflow-x-cli',
    mark: instance.mark,
    mappers: [membersMapper(instance)],
  },
  scopeRoles: [{ id: 'r', name: 'member', client: 'c' }],
  attached: true,
};

const SCOPE = 'client scope mlflow-x-cli';

describe('planMembers', () => {
  it('makes everything when nothing is there', () => {
    const changes = planMembers(instance, {
      groups: { admin: false, user: false },
      scopeRoles: [],
      attached: false,
    });

    expect(changes.map(({ action, object }) => `${action} ${object}`)).toEqual([
      'create role member of client mlflow-x-cli',
      'create role member of client mlflow-x-cli for group mlflow-x-admins',
      'create role member of client mlflow-x-cli for group mlflow-x-users',
      `create ${SCOPE}`,
    ]);
  });

  it('keeps what is right', () => {
    expect(
      planMembers(instance, right).filter(({ action }) => action !== 'keep'),
    ).toEqual([]);
  });

  it('gives the role again to a group that lost it', () => {
    expect(
      planMembers(instance, {
        ...right,
        groups: { admin: true, user: false },
      }).filter(({ action }) => action !== 'keep'),
    ).toEqual([
      {
        system: 'Keycloak',
        object: 'role member of client mlflow-x-cli for group mlflow-x-users',
        action: 'create',
      },
    ]);
  });

  it.each<[string, Partial<MembersObserved>, string]>([
    ['without its role', { scopeRoles: [] }, 'is not tied to role member'],
    [
      'with a role that everybody has',
      {
        scopeRoles: [
          ...right.scopeRoles,
          { id: 'd', name: 'default-roles-main' },
        ],
      },
      'takes role default-roles-main for membership',
    ],
    [
      'that its client lacks',
      { attached: false },
      'client mlflow-x-cli lacks it',
    ],
    [
      'without its mapper',
      { scope: right.scope && { ...right.scope, mappers: [] } },
      'has no mapper of type oidc-audience-mapper',
    ],
  ])('repairs a scope %s', (_case, change, reason) => {
    expect(planMembers(instance, { ...right, ...change })).toContainEqual({
      system: 'Keycloak',
      object: SCOPE,
      action: 'update',
      detail: reason,
    });
  });

  it.each<[string | undefined, string]>([
    ['other/1', 'belongs to other/1'],
    [undefined, 'bears no mark'],
  ])('finds a conflict in a scope marked %s', (mark, reason) => {
    const change = planMembers(instance, {
      ...right,
      scope: right.scope && { ...right.scope, mark },
    }).find(({ object }) => object === SCOPE);

    expect(change?.action).toBe('conflict');
    expect(change?.detail).toContain(reason);
  });
});
