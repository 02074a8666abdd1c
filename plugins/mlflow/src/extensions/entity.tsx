import {
  EntityCardBlueprint,
  EntityIconLinkBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import {
  useMlflowLinkProps,
  usePermissionsLinkProps,
} from '../components/EntityLinks';
import { mlflowInstanceFilter } from '../entity';

export const mlflowCard = EntityCardBlueprint.make({
  name: 'status',
  params: {
    type: 'info',
    filter: mlflowInstanceFilter,
    loader: () =>
      import('../components/MlflowCard').then(m => <m.MlflowCard />),
  },
});

export const mlflowIconLink = EntityIconLinkBlueprint.make({
  name: 'mlflow',
  params: { filter: mlflowInstanceFilter, useProps: useMlflowLinkProps },
});

export const permissionsIconLink = EntityIconLinkBlueprint.make({
  name: 'permissions',
  params: { filter: mlflowInstanceFilter, useProps: usePermissionsLinkProps },
});
