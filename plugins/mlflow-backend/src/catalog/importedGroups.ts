import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { KEYCLOAK_ID, KEYCLOAK_REALM } from './people';

/** A group that the Keycloak catalog module imported. */
export interface ImportedGroup {
  /** Of the entity, in whatever namespace. */
  name: string;
  /** Keycloak's own. */
  id: string;
}

/** The groups of a realm as the catalog knows them, which may be an hour behind. */
export async function importedGroups(
  { catalog }: { catalog: CatalogService },
  realm: string,
  credentials: BackstageCredentials,
): Promise<ImportedGroup[]> {
  const { items } = await catalog.getEntities(
    {
      filter: {
        kind: 'Group',
        [`metadata.annotations.${KEYCLOAK_REALM}`]: realm,
      },
      fields: ['kind', 'metadata.name', 'metadata.annotations'],
    },
    { credentials },
  );
  return items.flatMap(({ metadata: { name, annotations } }) => {
    const id = annotations?.[KEYCLOAK_ID];
    return id ? [{ name, id }] : [];
  });
}
