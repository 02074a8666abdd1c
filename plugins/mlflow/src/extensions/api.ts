import { ApiBlueprint, fetchApiRef } from '@backstage/frontend-plugin-api';
import { mlflowApiRef, MlflowClient } from '../api';

export const mlflowApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: mlflowApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new MlflowClient({ fetchApi }),
    }),
});
