import { ClientState } from '../systems/keycloak/clients';
import { testInstance } from '../__testUtils__/instance';
import { IdentityObserved, planIdentity } from './identityPlan';
import {
  CLIENT_KINDS,
  ClientKind,
  GROUPS_MAPPER,
  membersMapper,
  WantedClient,
  wantedClients,
} from './identityWanted';
import { Instance } from './Step';

const instance = testInstance({ name: 'x', host: 'mlflow-x.example.com' });

const mappersOf = ({ mapper }: WantedClient) =>
  mapper ? [{ ...mapper, id: 'm' }] : [];

/** What Keycloak shows when all is as it should be. */
function rightFor(of: Instance): IdentityObserved {
  const wanted = wantedClients(of);
  const client = (kind: ClientKind): ClientState => ({
    ...wanted[kind].fields,
    id: kind,
    mark: of.mark,
    attributes: wanted[kind].attributes,
    defaultScopes: wanted[kind].defaultScopes,
    optionalScopes: wanted[kind].optionalScopes,
    mappers: mappersOf(wanted[kind]),
  });
  const [login, cli, reader, provisioner] = CLIENT_KINDS.map(client);
  const scopes = ['basic', 'profile', 'email', 'offline_access'].map(name => ({
    id: name,
    name,
    mappers: [],
  }));
  return {
    scopes: [...scopes, { id: 'g', name: 'groups', mappers: [GROUPS_MAPPER] }],
    clients: { login, cli, reader, provisioner },
    accounts: {
      reader: {
        id: 'r',
        email: 'mlflow-x-reader@service.mlflow-x.example.com',
        groups: [],
      },
      provisioner: { id: 'p', groups: ['/mlflow-x-admins'] },
    },
    groups: {
      admin: [{ id: 'a', path: '/mlflow-x-admins', mark: of.mark }],
      user: [{ id: 'u', path: '/mlflow-x-users', mark: of.mark }],
    },
    members: {
      role: { id: 'm', name: 'member' },
      groups: { admin: true, user: true },
      scope: {
        id: 's',
        name: 'mlflow-x-cli',
        mark: of.mark,
        mappers: [membersMapper(of)],
      },
      scopeRoles: [{ id: 'm', name: 'member', client: 'cli' }],
      attached: true,
    },
    secrets: { wrongOidcKeys: [], flask: true },
  };
}

const right = rightFor(instance);

const planned = (observed: IdentityObserved, object: string) =>
  planIdentity(instance, observed).find(change => change.object === object);

const withClient = (
  kind: ClientKind,
  change: Partial<ClientState>,
): IdentityObserved => {
  const found = right.clients[kind];
  return {
    ...right,
    clients: { ...right.clients, [kind]: found && { ...found, ...change } },
  };
};

const withMapper = (config: Record<string, string>, mark?: string) => ({
  ...right,
  scopes: right.scopes.map(scope =>
    scope.name === 'groups'
      ? {
          ...scope,
          mark,
          mappers: [
            {
              ...GROUPS_MAPPER,
              config: { ...GROUPS_MAPPER.config, ...config },
            },
          ],
        }
      : scope,
  ),
});

describe('planIdentity', () => {
  it('makes everything when nothing is there', () => {
    const changes = planIdentity(instance, {
      scopes: [],
      clients: {
        login: undefined,
        cli: undefined,
        reader: undefined,
        provisioner: undefined,
      },
      accounts: { reader: undefined, provisioner: undefined },
      groups: { admin: [], user: [] },
      members: {
        groups: { admin: false, user: false },
        scopeRoles: [],
        attached: false,
      },
      secrets: { wrongOidcKeys: ['SECRET_KEY'], flask: false },
    });

    expect(changes.map(({ action }) => action)).toEqual(
      changes.map(() => 'create'),
    );
    expect(changes.map(({ object }) => object)).toEqual([
      'client scope groups',
      'client mlflow-x',
      'client mlflow-x-cli',
      'client mlflow-x-reader',
      'client mlflow-x-provisioner',
      'group mlflow-x-admins',
      'group mlflow-x-users',
      'role member of client mlflow-x-cli',
      'role member of client mlflow-x-cli for group mlflow-x-admins',
      'role member of client mlflow-x-cli for group mlflow-x-users',
      'client scope mlflow-x-cli',
      'service account of mlflow-x-reader',
      'service account of mlflow-x-provisioner',
      'secret mlflow-oidc-config',
      'secret mlflow-x-flask-server-secret-key',
    ]);
  });

  it.each(['3.17', '3.6'] as const)('keeps what is right on line %s', line => {
    const other = testInstance({ ...instance.spec, line });

    expect(
      planIdentity(other, rightFor(other)).filter(c => c.action !== 'keep'),
    ).toEqual([]);
  });

  it.each<[string, IdentityObserved, string, string]>([
    [
      'password grants that were switched on',
      withClient('login', { directAccessGrantsEnabled: true }),
      'client mlflow-x',
      'directAccessGrantsEnabled is true',
    ],
    [
      'a provisioner that a crash left enabled',
      withClient('provisioner', { enabled: true }),
      'client mlflow-x-provisioner',
      'enabled is true',
    ],
    [
      'a client without the scope',
      withClient('login', { defaultScopes: ['basic', 'profile', 'email'] }),
      'client mlflow-x',
      'lacks scope groups',
    ],
    [
      'a client without audience',
      withClient('reader', { mappers: [] }),
      'client mlflow-x-reader',
      'has no mapper of type oidc-audience-mapper',
    ],
    [
      'a terminal client that gives the audience to everybody',
      withClient('cli', { mappers: [membersMapper(instance)] }),
      'client mlflow-x-cli',
      'mapper mlflow-audience lets in who is no member',
    ],
    [
      'a reader who became an administrator',
      {
        ...right,
        accounts: {
          ...right.accounts,
          reader: {
            id: 'r',
            email: 'mlflow-x-reader@service.mlflow-x.example.com',
            groups: ['/mlflow-x-admins'],
          },
        },
      },
      'service account of mlflow-x-reader',
      'must not be an administrator',
    ],
    [
      'a secret that Keycloak renewed',
      {
        ...right,
        secrets: { wrongOidcKeys: ['OIDC_CLIENT_SECRET'], flask: true },
      },
      'secret mlflow-oidc-config',
      'OIDC_CLIENT_SECRET',
    ],
    [
      'our own scope',
      withMapper({ 'full.path': 'true' }, 'testplatform'),
      'client scope groups',
      'full.path is true, not false',
    ],
  ])('repairs %s', (_case, observed, object, reason) => {
    const change = planned(observed, object);

    expect(change?.action).toBe('update');
    expect(change?.detail).toContain(reason);
  });

  it.each<[string, IdentityObserved, string, string]>([
    [
      'a client of another',
      withClient('login', { mark: 'other/1' }),
      'client mlflow-x',
      'belongs to other/1',
    ],
    [
      'a client without mark',
      withClient('cli', { mark: undefined }),
      'client mlflow-x-cli',
      'bears no mark',
    ],
    [
      'a group without mark',
      {
        ...right,
        groups: {
          ...right.groups,
          user: [{ id: 'u', path: '/mlflow-x-users' }],
        },
      },
      'group mlflow-x-users',
      'bears no mark',
    ],
    [
      'a group of the same name elsewhere',
      {
        ...right,
        groups: {
          ...right.groups,
          admin: [
            ...right.groups.admin,
            { id: 'n', path: '/team-b/mlflow-x-admins' },
          ],
        },
      },
      'group mlflow-x-admins',
      '/team-b/mlflow-x-admins has the same name',
    ],
    [
      'a foreign scope that writes paths',
      withMapper({ 'full.path': 'true' }),
      'client scope groups',
      'full.path is true, not false',
    ],
    [
      'a foreign scope that leaves the ID token out',
      withMapper({ 'id.token.claim': 'false' }, 'otherplatform'),
      'client scope groups',
      'id.token.claim is false, not true',
    ],
  ])('finds a conflict in %s', (_case, observed, object, reason) => {
    const change = planned(observed, object);

    expect(change?.action).toBe('conflict');
    expect(change?.detail).toContain(reason);
  });
});
