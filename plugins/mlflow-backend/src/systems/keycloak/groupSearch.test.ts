import { randomBytes } from 'node:crypto';
import { createPlatformFetch } from '../http';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { createGroup, deleteGroup, findGroups } from './groups';
import { searchGroups } from './groupSearch';
import { KeycloakClient } from './KeycloakClient';

const config = sandboxPlatformConfig();
const http = createPlatformFetch(config.ca);
const keycloak = KeycloakClient.fromConfig(config, http.fetch);
const signal = AbortSignal.timeout(60_000);

const text = `search-${randomBytes(4).toString('hex')}`;
const marked = `mlflow-${text}-users`;
const unmarked = `team-${text}`;

beforeAll(async () => {
  await createGroup(keycloak, marked, 'elsewhere/other', signal);
  await keycloak.call(
    { what: 'prepare a test', role: 'manage-users', signal },
    async admin => {
      const { id } = await admin.groups.create({ name: unmarked });
      await admin.groups.createChildGroup({ id }, { name: `sub-${text}` });
    },
  );
});

afterAll(async () => {
  for (const name of [marked, unmarked]) {
    for (const group of await findGroups(keycloak, name, signal)) {
      await deleteGroup(keycloak, group, signal);
    }
  }
  await keycloak.close();
  await http.close();
});

it('finds groups by a part of their name, with the mark of whatever platform', async () => {
  const { groups, complete } = await searchGroups(keycloak, text, signal);

  expect(complete).toBe(true);
  expect(groups.map(({ name, mark }) => [name, mark])).toEqual(
    expect.arrayContaining([
      [marked, 'elsewhere/other'],
      [unmarked, undefined],
      [`sub-${text}`, undefined],
    ]),
  );
  expect(groups).toHaveLength(3);
});

it('goes on from page to page, and says where it stopped', async () => {
  const all = await searchGroups(keycloak, text, signal, { page: 1 });
  expect(all.groups).toHaveLength(3);
  expect(all.complete).toBe(true);

  const some = await searchGroups(keycloak, text, signal, { page: 1, most: 2 });
  expect(some.groups).toHaveLength(2);
  expect(some.complete).toBe(false);
});
