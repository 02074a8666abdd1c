import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityIconLinkBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { PropsWithChildren } from 'react';
import {
  useMlflowLinkProps,
  usePermissionsLinkProps,
} from '../components/EntityLinks';
import { mlflowInstanceFilter } from '../entity';
import { TAB_PATH } from '../routes';

/**
 * Puts a card before those of other plugins, for who looks at an instance wants
 * to know first how it is. The page is a flex column, and has its cards in the
 * order in which an app found its plugins.
 */
const FirstCard = (props: PropsWithChildren) => (
  <div style={{ order: -1 }}>{props.children}</div>
);

export const mlflowCard = EntityCardBlueprint.make({
  name: 'status',
  params: {
    type: 'content',
    filter: mlflowInstanceFilter,
    loader: () =>
      import('../components/MlflowCard').then(m => (
        <FirstCard>
          <m.MlflowCard />
        </FirstCard>
      )),
  },
});

export const mlflowTab = EntityContentBlueprint.make({
  params: {
    path: TAB_PATH,
    title: 'MLflow',
    group: 'operation',
    filter: mlflowInstanceFilter,
    loader: () => import('../components/MlflowTab').then(m => <m.MlflowTab />),
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
