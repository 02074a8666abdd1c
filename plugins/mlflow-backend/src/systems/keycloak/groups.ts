import type KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { KeycloakClient } from './KeycloakClient';
import { statusOf } from './errors';
import { attributeOf, MARK_ATTRIBUTE } from './mark';

type Representation = Awaited<
  ReturnType<KeycloakAdminClient['groups']['find']>
>[number];

/** A group as Keycloak describes it. */
export interface GroupState {
  id: string;
  /** For example `/parent/name`. */
  path: string;
  mark?: string;
}

/** All groups of that very name, at whatever depth. */
export async function findGroups(
  keycloak: KeycloakClient,
  name: string,
  signal: AbortSignal,
): Promise<GroupState[]> {
  const roots = await keycloak.call(
    { what: `search group ${name}`, role: 'manage-users', signal },
    admin =>
      admin.groups.find({
        search: name,
        exact: true,
        briefRepresentation: false,
        max: -1,
      }),
  );
  return groupsNamed(roots, name);
}

/**
 * Groups of a name in what a search returns: whole branches from the top, of
 * which only some ends match.
 */
export function groupsNamed(
  groups: Representation[],
  name: string,
): GroupState[] {
  return groups.flatMap(group => [
    ...(group.name === name
      ? [
          {
            id: group.id ?? '',
            path: group.path ?? `/${name}`,
            mark: attributeOf(group.attributes, MARK_ATTRIBUTE),
          },
        ]
      : []),
    ...groupsNamed(group.subGroups ?? [], name),
  ]);
}

/**
 * Makes a group at the top.
 *
 * @returns its id, or undefined when there is one of that name already
 */
export async function createGroup(
  keycloak: KeycloakClient,
  name: string,
  mark: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return keycloak.call(
    { what: `create group ${name}`, role: 'manage-users', signal },
    async admin => {
      try {
        const { id } = await admin.groups.create({
          name,
          attributes: { [MARK_ATTRIBUTE]: [mark] },
        });
        return id;
      } catch (error) {
        if (statusOf(error) === 409) {
          return undefined;
        }
        throw error;
      }
    },
  );
}

/** Takes a group away; what is gone already is no error. */
export async function deleteGroup(
  keycloak: KeycloakClient,
  group: GroupState,
  signal: AbortSignal,
): Promise<void> {
  await keycloak.call(
    { what: `delete group ${group.path}`, role: 'manage-users', signal },
    async admin => {
      try {
        await admin.groups.del({ id: group.id });
      } catch (error) {
        if (statusOf(error) !== 404) {
          throw error;
        }
      }
    },
  );
}
