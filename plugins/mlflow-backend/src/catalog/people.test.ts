import { mockCredentials } from '@backstage/backend-test-utils';
import { UserEntity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { membersOf, personOf } from './people';

const GROUP = 'group:default/team-a';
const REF = 'user:default/member';
const ID = 'd782f238-f863-4869-8b44-764235cc523e';
const END = `/admin/realms/main/users/${ID}`;

const credentials = mockCredentials.user();
const keycloak = {
  url: 'https://auth.example.com',
  realm: 'main',
  inCluster: { url: 'https://keycloak.svc:8443/auth/' },
};

/** What the action learns of a member of the group with these annotations. */
async function found(
  annotations: Record<string, string | undefined>,
): Promise<unknown> {
  const entity: UserEntity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: 'member',
      annotations: Object.fromEntries(
        Object.entries({
          'keycloak.org/id': ID,
          'keycloak.org/realm': 'main',
          ...annotations,
        }).flatMap(([key, value]) => (value ? [[key, value]] : [])),
      ),
    },
    spec: { memberOf: ['team-a'] },
    relations: [{ type: 'memberOf', targetRef: GROUP }],
  };
  const deps = { catalog: catalogServiceMock({ entities: [entity] }) };
  const members = await membersOf(deps, GROUP, keycloak, credentials);
  const person = await personOf(deps, REF, keycloak, credentials);
  expect(members).toEqual(person ? [person] : []);
  return person;
}

const from = (origin: string | undefined) => ({
  'backstage.io/managed-by-origin-location': origin,
});

it.each([
  ['as the platform knows Keycloak', 'https://auth.example.com'],
  ['with a slash at its end', 'https://auth.example.com/'],
  ['by another host', 'http://keycloak.internal:8080'],
  ['by the path inside the cluster', 'https://keycloak.example.com/auth'],
])('knows whom Keycloak’s own import brought, %s', async (_case, base) => {
  expect(await found(from(`url:${base}${END}`))).toEqual({ id: ID, ref: REF });
});

it.each([
  ['no origin', undefined],
  [
    'a file of a repository',
    'url:https://git.example.com/team/catalog/blob/main/users.yaml',
  ],
  [
    'a file that is called like an account',
    `url:https://git.example.com/team/catalog/blob/main${END}`,
  ],
  [
    'a query that ends like an account',
    `url:https://git.example.com/?file=${END}`,
  ],
  ['a local file', `file:/etc${END}`],
  ['another account', `url:https://auth.example.com${END}0`],
  [
    'another realm',
    `url:https://auth.example.com/admin/realms/other/users/${ID}`,
  ],
  ['a group', `url:https://auth.example.com/admin/realms/main/groups/${ID}`],
])('believes no entity that comes from %s', async (_case, origin) => {
  expect(await found(from(origin))).toBeUndefined();
});

it.each(['keycloak.org/id', 'keycloak.org/realm'])(
  'leaves out who has no annotation %s',
  async annotation => {
    expect(
      await found({
        ...from(`url:https://auth.example.com${END}`),
        [annotation]: undefined,
      }),
    ).toBeUndefined();
  },
);
