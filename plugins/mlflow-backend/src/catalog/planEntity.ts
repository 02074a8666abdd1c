import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ANNOTATION_LOCATION } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { InstanceReference, PlanChange } from 'backstage-plugin-mlflow-common';
import { instanceEntityRef } from './entity';
import { resolveInstance } from './resolveInstance';

/**
 * What the catalog will show of an instance. Somebody may have registered an
 * entity of its name from a file of theirs.
 */
export async function planEntity(
  catalog: CatalogService,
  ref: InstanceReference,
  credentials: BackstageCredentials,
): Promise<PlanChange[]> {
  const entityRef = instanceEntityRef(ref);
  const change = { system: 'Catalog', object: `entity ${entityRef}` };
  const entity = await catalog.getEntityByRef(entityRef, { credentials });
  if (!entity) {
    return [{ ...change, action: 'create' }];
  }
  if (resolveInstance(entity)) {
    return [{ ...change, action: 'keep' }];
  }
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  return [
    {
      ...change,
      action: 'conflict',
      detail: `it comes from ${location} and is not the instance; have its owner unregister it`,
      found: `location ${location}`,
    },
  ];
}
