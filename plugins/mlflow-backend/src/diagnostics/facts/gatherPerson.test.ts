import { testInstance } from '../../__testUtils__/instance';
import { OwnRealm, ownRealm, REALM_MS } from '../../__testUtils__/ownRealm';
import { contextOf, TestContext } from '../../__testUtils__/stepContext';
import { AdminCall } from '../../systems/keycloak/KeycloakClient';
import { createGroup } from '../../systems/keycloak/groups';
import { gatherPerson } from './gatherPerson';

const instance = testInstance();
const { names, mark } = instance;
const PROFILE = { firstName: 'Some', lastName: 'Role' };

let realm: OwnRealm;
let ctx: TestContext;
let call: AdminCall;

/** Makes a user of the realm. @returns their id */
const user = (
  username: string,
  more: { email?: string; enabled?: boolean; requiredActions?: string[] } & {
    firstName?: string;
    lastName?: string;
  } = { email: `${username}@example.com`, ...PROFILE },
) =>
  realm.platform.keycloak.call(call, async admin => {
    const { id } = await admin.users.create({
      username,
      enabled: true,
      ...more,
    });
    return id;
  });

const put = (id: string, groupId: string) =>
  realm.platform.keycloak.call(call, admin =>
    admin.users.addToGroup({ id, groupId }),
  );

beforeAll(async () => {
  realm = await ownRealm();
  const { platform, signal } = realm;
  ctx = { ...contextOf(instance, platform), signal };
  call = { what: 'make a user', role: 'manage-users', signal };
}, REALM_MS);

afterAll(() => realm.remove(), REALM_MS);

it('knows a member by user name and by address, in any case', async () => {
  const { keycloak } = realm.platform;
  const group = await createGroup(keycloak, names.userGroup, mark, ctx.signal);
  await put(await user('member'), group ?? '');
  const member = {
    enabled: true,
    locked: false,
    missing: [],
    requiredActions: [],
    groups: [`/${names.userGroup}`],
  };

  expect(await gatherPerson(ctx, 'member')).toEqual(member);
  expect(await gatherPerson(ctx, 'Member@Example.com')).toEqual(member);
});

it('knows nobody by half a name, a star or the account of a program', async () => {
  for (const name of ['mem', 'member*', '*', '%', 'member@example']) {
    expect(await gatherPerson(ctx, name)).toBeUndefined();
  }
  expect(
    await gatherPerson(ctx, 'service-account-mlflow-provisioner'),
  ).toBeUndefined();
});

it('says nothing of groups that are not the instance’s', async () => {
  const { keycloak } = realm.platform;
  const secret = await createGroup(keycloak, 'secret-project', '', ctx.signal);
  await put(await user('outsider'), secret ?? '');

  expect(await gatherPerson(ctx, 'outsider')).toMatchObject({ groups: [] });
});

it('tells a group of the same name elsewhere, and not a subgroup of ours', async () => {
  const { keycloak } = realm.platform;
  const [homonym, below] = await keycloak.call(call, async admin => {
    const team = await admin.groups.create({ name: 'team' });
    const own = await admin.groups.create({ name: names.adminGroup });
    return [
      await admin.groups.createChildGroup(team, { name: names.adminGroup }),
      await admin.groups.createChildGroup(own, { name: 'interns' }),
    ];
  });
  await put(await user('stranger'), homonym.id);
  await put(await user('intern'), below.id);

  expect(await gatherPerson(ctx, 'stranger')).toMatchObject({
    groups: [`/team/${names.adminGroup}`],
  });
  expect(await gatherPerson(ctx, 'intern')).toMatchObject({ groups: [] });
});

it('tells what an account lacks and what is asked of it', async () => {
  await user('half', {
    firstName: 'Half',
    requiredActions: ['UPDATE_PASSWORD'],
  });
  await user('gone', { email: 'gone@example.com', ...PROFILE, enabled: false });

  expect(await gatherPerson(ctx, 'half')).toMatchObject({
    missing: ['email', 'lastName'],
    requiredActions: ['UPDATE_PASSWORD'],
  });
  expect(await gatherPerson(ctx, 'gone')).toMatchObject({
    enabled: false,
    missing: [],
  });
});

it('wants of people what the realm wants of them', async () => {
  const { keycloak } = realm.platform;
  const profile = await keycloak.call(call, admin => admin.users.getProfile());
  const attributes = (profile.attributes ?? []).map(attribute =>
    attribute.name === 'lastName'
      ? { ...attribute, required: undefined }
      : attribute,
  );
  await realm.admin('PUT', `${realm.path}/users/profile`, {
    ...profile,
    attributes: [
      ...attributes,
      {
        name: 'department',
        required: { roles: ['user'] },
        permissions: { view: ['admin', 'user'], edit: ['admin', 'user'] },
      },
    ],
  });

  expect(await gatherPerson(ctx, 'half')).toMatchObject({
    missing: ['email', 'department'],
  });
  await realm.admin('PUT', `${realm.path}/users/profile`, profile);
});

it('tells that too many wrong passwords were tried', async () => {
  const { config, fetch } = realm.platform;
  await realm.admin('POST', `${realm.path}/clients`, {
    clientId: 'terminal',
    publicClient: true,
    directAccessGrantsEnabled: true,
  });
  await user('locked');
  for (let tries = 0; tries < 4; tries++) {
    await fetch(
      `${config.keycloak.url}/realms${realm.path}/protocol/openid-connect/token`,
      {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'password',
          client_id: 'terminal',
          username: 'locked',
          password: 'wrong',
        }),
      },
    );
  }

  expect(await gatherPerson(ctx, 'locked')).toMatchObject({
    enabled: true,
    locked: true,
  });
});
