import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { Person } from '../steps/access';
import { ActionDependencies } from './dependencies';

/** Annotations of users that the Keycloak catalog module imports. */
const KEYCLOAK_ID = 'keycloak.org/id';
const KEYCLOAK_REALM = 'keycloak.org/realm';

/**
 * The members of a group that have an account in the realm. They are known by
 * Keycloak's own id, never by an address that anybody could write into a file.
 */
export async function membersOf(
  { catalog }: ActionDependencies,
  group: string,
  realm: string,
  credentials: BackstageCredentials,
): Promise<Person[]> {
  const { items } = await catalog.getEntities(
    {
      filter: { kind: 'User', 'relations.memberOf': group },
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.annotations',
      ],
    },
    { credentials },
  );
  return items.flatMap(entity => {
    const { annotations } = entity.metadata;
    const id = annotations?.[KEYCLOAK_ID];
    return id && annotations?.[KEYCLOAK_REALM] === realm
      ? [{ id, ref: stringifyEntityRef(entity) }]
      : [];
  });
}

/** One user, when there is an account in the realm. */
export async function personOf(
  { catalog }: ActionDependencies,
  user: string,
  realm: string,
  credentials: BackstageCredentials,
): Promise<Person | undefined> {
  const entity = await catalog.getEntityByRef(user, { credentials });
  const id = entity?.metadata.annotations?.[KEYCLOAK_ID];
  return id && entity.metadata.annotations?.[KEYCLOAK_REALM] === realm
    ? { id, ref: user }
    : undefined;
}
