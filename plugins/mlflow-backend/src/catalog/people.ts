import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { PlatformConfig } from '../platform/config';
import { Person, WantedAccess } from '../steps/access';

/** Annotations of users and groups that the Keycloak catalog module imports. */
export const KEYCLOAK_ID = 'keycloak.org/id';
export const KEYCLOAK_REALM = 'keycloak.org/realm';

/** The realm whose accounts are asked for. */
type Realm = Pick<PlatformConfig['keycloak'], 'url' | 'realm' | 'inCluster'>;

/** Whom a run lets in: whoever made the instance, and the owner's members. */
export async function wantedAccess(
  deps: { catalog: CatalogService },
  { creator, owner }: { creator: string; owner: string },
  keycloak: Realm,
  credentials: BackstageCredentials,
): Promise<WantedAccess> {
  const [admin, users] = await Promise.all([
    personOf(deps, creator, keycloak, credentials),
    membersOf(deps, owner, keycloak, credentials),
  ]);
  return { admins: admin ? [admin] : [], users };
}

/**
 * The members of a group that have an account in the realm. They are known by
 * Keycloak's own id, never by an address that anybody could write into a file.
 */
export async function membersOf(
  { catalog }: { catalog: CatalogService },
  group: string,
  keycloak: Realm,
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
  return items.flatMap(entity => personOfEntity(entity, keycloak));
}

/** Those of some accounts of the realm whom the catalog knows. */
export async function peopleOf(
  { catalog }: { catalog: CatalogService },
  ids: string[],
  keycloak: Realm,
  credentials: BackstageCredentials,
): Promise<Person[]> {
  if (ids.length === 0) {
    return [];
  }
  const { items } = await catalog.getEntities(
    { filter: { kind: 'User', [`metadata.annotations.${KEYCLOAK_ID}`]: ids } },
    { credentials },
  );
  return items.flatMap(entity => personOfEntity(entity, keycloak));
}

/** One user, when there is an account in the realm. */
export async function personOf(
  { catalog }: { catalog: CatalogService },
  user: string,
  keycloak: Realm,
  credentials: BackstageCredentials,
): Promise<Person | undefined> {
  const entity = await catalog.getEntityByRef(user, { credentials });
  const id = entity && accountOf(entity, keycloak);
  return id ? { id, ref: user } : undefined;
}

function personOfEntity(entity: Entity, keycloak: Realm): Person[] {
  const id = accountOf(entity, keycloak);
  return id ? [{ id, ref: stringifyEntityRef(entity) }] : [];
}

/**
 * Keycloak's id of a user whom the Keycloak catalog module imported. Its own
 * annotations could stand in any file; where an entity comes from is written by
 * the catalog.
 */
function accountOf(entity: Entity, keycloak: Realm): string | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const id = annotations[KEYCLOAK_ID];
  const origin = annotations[ANNOTATION_ORIGIN_LOCATION];
  return id &&
    annotations[KEYCLOAK_REALM] === keycloak.realm &&
    isAccount(origin ?? '', id, keycloak)
    ? id
    : undefined;
}

/**
 * Whether an origin is that account of the realm. The catalog may know Keycloak
 * by another host than the platform, but not below another path: the path could
 * be that of a file in a repository.
 */
function isAccount(
  origin: string,
  id: string,
  { url, realm, inCluster }: Realm,
): boolean {
  const end = `/admin/realms/${realm}/users/${id}`;
  const base = /^url:(https?:.+)$/.exec(origin)?.[1];
  if (!base?.endsWith(end)) {
    return false;
  }
  const path = pathOf(base.slice(0, -end.length));
  return (
    path !== undefined &&
    [url, inCluster?.url].some(
      known => known !== undefined && pathOf(known) === path,
    )
  );
}

/** Path of an address without query, or undefined when it is none. */
function pathOf(address: string): string | undefined {
  if (!URL.canParse(address)) {
    return undefined;
  }
  const { pathname, search, hash } = new URL(address);
  return search || hash ? undefined : pathname.replace(/\/+$/, '');
}
