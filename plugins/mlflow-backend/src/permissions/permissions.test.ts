import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  mlflowImageBuildPermission,
  mlflowInstanceAdminPermission,
  mlflowInstanceCreatePermission,
  mlflowInstanceReadPermission,
  mlflowInstanceUpdatePermission,
} from 'backstage-plugin-mlflow-common';
import { authorizeInstance, authorizeSome } from './authorize';
import { listSchema } from './listSchema';
import {
  candidateResource,
  instanceResource,
  parseResource,
  platformResource,
} from './resource';
import { mlflowInstanceRules } from './rules';

const resource = {
  platform: 'lab',
  name: 'churn',
  owner: 'group:default/team-a',
};
const credentials = mockCredentials.user();

/** A policy that gives the same answer to everything. */
const answering = (result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) =>
  mockServices.permissions({ result });

describe('resource references', () => {
  it.each([
    [
      instanceResource(resource),
      { kind: 'instance', ref: { platform: 'lab', name: 'churn' } },
    ],
    [candidateResource(resource), { kind: 'candidate', resource }],
    [
      platformResource('lab'),
      {
        kind: 'candidate',
        resource: { platform: 'lab', name: '*', owner: '*' },
      },
    ],
    ['churn', undefined],
    ['lab/', undefined],
    ['lab/churn/x', undefined],
    ['lab/churn#', undefined],
  ])('%s', (reference, expected) => {
    expect(parseResource(reference)).toEqual(expected);
  });
});

describe('rules', () => {
  const { isOwner, onPlatform } = mlflowInstanceRules;

  it.each([
    [['group:default/team-a'], true],
    [['Group:default/Team-A'], true],
    [['user:default/x', 'group:default/team-a'], true],
    [['group:default/team-b'], false],
    [[], false],
  ])('IS_OWNER %j', (owners, expected) => {
    expect(isOwner.apply(resource, { owners })).toBe(expected);
  });

  it.each([
    [['lab'], true],
    [['prod'], false],
    [[], false],
  ])('ON_PLATFORM %j', (platforms, expected) => {
    expect(onPlatform.apply(resource, { platforms })).toBe(expected);
  });

  it('lets nobody own a platform as a whole', () => {
    const parsed = parseResource(platformResource('lab'));
    if (parsed?.kind !== 'candidate') {
      throw new Error('no candidate');
    }
    expect(
      isOwner.apply(parsed.resource, { owners: ['group:default/team-a'] }),
    ).toBe(false);
  });

  it.each([{}, { owners: 'group:x' }, { owners: [1] }, null, 'owners'])(
    'refuses the parameters %j',
    params => {
      const { '~standard': schema } = listSchema<{ owners: string[] }>(
        'owners',
        'd',
        owners => ({ owners }),
      );
      expect(schema.validate(params)).toHaveProperty('issues');
    },
  );
});

describe('authorizeInstance', () => {
  const ask = (
    options: Pick<
      Parameters<typeof authorizeInstance>[0],
      'permission' | 'resourceRef' | 'permissions'
    >,
  ) => authorizeInstance({ credentials, ...options });

  it('lets pass what is allowed', async () => {
    await expect(
      ask({
        permissions: answering(AuthorizeResult.ALLOW),
        permission: mlflowInstanceUpdatePermission,
        resourceRef: instanceResource(resource),
      }),
    ).resolves.toBeUndefined();
  });

  it('names permission and instance when it is denied', async () => {
    const denied = ask({
      permissions: answering(AuthorizeResult.DENY),
      permission: mlflowInstanceUpdatePermission,
      resourceRef: instanceResource(resource),
    });
    await expect(denied).rejects.toThrow(NotAllowedError);
    await expect(denied).rejects.toThrow(
      /mlflow.instance.update on lab\/churn/,
    );
  });

  it.each([
    [mlflowInstanceCreatePermission, true],
    [mlflowInstanceAdminPermission, true],
    [mlflowImageBuildPermission, true],
    [mlflowInstanceReadPermission, false],
    [mlflowInstanceUpdatePermission, false],
  ])('decides $name on a candidate: %s', async (permission, expected) => {
    const asked = ask({
      permissions: answering(AuthorizeResult.ALLOW),
      permission,
      resourceRef: candidateResource(resource),
    }).then(
      () => true,
      () => false,
    );
    await expect(asked).resolves.toBe(expected);
  });
});

describe('authorizeSome', () => {
  it('refuses only who may with no instance at all', async () => {
    const ask = (result: AuthorizeResult.ALLOW | AuthorizeResult.DENY) =>
      authorizeSome({
        permissions: answering(result),
        permission: mlflowInstanceReadPermission,
        credentials,
      });
    await expect(ask(AuthorizeResult.ALLOW)).resolves.toMatchObject({
      result: AuthorizeResult.ALLOW,
    });
    await expect(ask(AuthorizeResult.DENY)).rejects.toThrow(NotAllowedError);
  });
});
