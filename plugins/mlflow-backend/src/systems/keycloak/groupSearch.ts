import { KeycloakClient } from './KeycloakClient';
import { attributeOf, MARK_ATTRIBUTE } from './mark';

const PAGE = 500;

/** More groups than any realm needs for instances; the rest stays unknown. */
const MOST = 10_000;

/** A group that a search found. */
export interface FoundGroup {
  id: string;
  name: string;
  /** Whose it is; undefined for a group that no platform made. */
  mark?: string;
}

/** What a search found. */
export interface FoundGroups {
  groups: FoundGroup[];
  /** Whether there are no others. */
  complete: boolean;
}

/** All groups with a text in their name, at whatever depth, page by page. */
export async function searchGroups(
  keycloak: KeycloakClient,
  text: string,
  signal: AbortSignal,
  { page = PAGE, most = MOST }: { page?: number; most?: number } = {},
): Promise<FoundGroups> {
  const groups: FoundGroup[] = [];
  for (let first = 0; first < most; first += page) {
    const found = await keycloak.call(
      { what: `search groups like ${text}`, role: 'manage-users', signal },
      admin =>
        admin.groups.find({
          search: text,
          briefRepresentation: false,
          populateHierarchy: false,
          first,
          max: page,
        }),
    );
    groups.push(
      ...found.map(({ id, name, attributes }) => ({
        id: id ?? '',
        name: name ?? '',
        mark: attributeOf(attributes, MARK_ATTRIBUTE),
      })),
    );
    if (found.length < page) {
      return { groups, complete: true };
    }
  }
  return { groups, complete: false };
}
