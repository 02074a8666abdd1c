import { Holdings } from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';
import { ClientState, findClient } from '../systems/keycloak/clients';
import { findGroups, GroupState } from '../systems/keycloak/groups';
import { KeycloakClient } from '../systems/keycloak/KeycloakClient';
import { countPeople } from '../systems/keycloak/members';
import { notTheInstances } from './notTheInstances';

/** Members are counted up to here; whoever has more has enough. */
const MOST_MEMBERS = 1_000;

/** Reads the client by which people log in. */
export async function readClientHeld(
  keycloak: KeycloakClient,
  instance: Instance,
  signal: AbortSignal,
): Promise<Holdings['client']> {
  const { client } = instance.names;
  return clientHeld(instance, await findClient(keycloak, client, signal));
}

/** What is shown of a client. */
export function clientHeld(
  { mark, names }: Pick<Instance, 'mark' | 'names'>,
  client: ClientState | undefined,
): Holdings['client'] {
  if (!client) {
    return {
      problem: `Keycloak: client ${names.client} does not exist. Retry the task that made the instance.`,
    };
  }
  if (client.mark !== mark) {
    return notTheInstances('Keycloak', `client ${names.client}`);
  }
  return {
    id: names.client,
    enabled: client.enabled,
    redirectUris: client.redirectUris,
    scopes: [...client.defaultScopes].sort(),
  };
}

/** Reads the groups of an instance's admins and users, and how many people are in each. */
export async function readGroupsHeld(
  keycloak: KeycloakClient,
  instance: Instance,
  signal: AbortSignal,
): Promise<Holdings['groups']> {
  const { adminGroup, userGroup } = instance.names;
  const found = await Promise.all(
    [adminGroup, userGroup].map(async name => ({
      name,
      group: groupAtTop(await findGroups(keycloak, name, signal), name),
    })),
  );
  const others = found.find(
    ({ group }) => group && group.mark !== instance.mark,
  );
  if (others) {
    return notTheInstances('Keycloak', `group ${others.name}`);
  }
  const items = await Promise.all(
    found.map(async ({ name, group }) =>
      group
        ? {
            name,
            members: await countPeople(keycloak, group, MOST_MEMBERS, signal),
          }
        : undefined,
    ),
  );
  return { items: items.filter(item => item !== undefined) };
}

/** A group below another may have the same name, and is none of ours. */
function groupAtTop(
  groups: GroupState[],
  name: string,
): GroupState | undefined {
  return groups.find(({ path }) => path === `/${name}`);
}
