import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import useAsync from 'react-use/esm/useAsync';
import { mlflowApiRef } from '../../api';
import { InstanceLinks, instanceLinks } from './instanceLinks';

/**
 * Where the instance of the entity on the page is: what its status says, and
 * until that is known (or if it can't be), what the entity's own links say.
 */
export function useInstanceLinks(): InstanceLinks {
  const { entity } = useEntity();
  const api = useApi(mlflowApiRef);
  const entityRef = stringifyEntityRef(entity);
  const { value } = useAsync(() => api.getStatus(entityRef), [api, entityRef]);
  return value?.urls ?? instanceLinks(entity.metadata.links);
}
