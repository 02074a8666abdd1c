import { useApi } from '@backstage/frontend-plugin-api';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { mlflowApiRef } from '../../api';

/** The platforms, loaded once per field. */
export function usePlatforms() {
  const api = useApi(mlflowApiRef);
  return useAsyncRetry(() => api.getPlatforms(), [api]);
}
