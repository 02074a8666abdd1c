import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiFlaskLine } from '@remixicon/react';
import { mlflowApi } from './extensions/api';
import {
  mlflowCard,
  mlflowIconLink,
  mlflowTab,
  permissionsIconLink,
} from './extensions/entity';
import { instancesPage } from './extensions/page';
import { connectOutputs, formFields } from './extensions/scaffolder';
import {
  instancesRouteRef,
  scaffolderTaskRouteRef,
  scaffolderTemplateRouteRef,
} from './routes';

/**
 * The MLflow plugin for the new frontend system: a page of all instances; a card,
 * a tab and two links for the entity of an instance; the fields and the result page of the template that
 * makes one.
 *
 * @public
 */
export const mlflowPlugin = createFrontendPlugin({
  pluginId: 'mlflow',
  title: 'MLflow',
  icon: <RiFlaskLine fontSize="inherit" />,
  info: { packageJson: () => import('../package.json') },
  routes: { instances: instancesRouteRef },
  externalRoutes: {
    scaffolderTask: scaffolderTaskRouteRef,
    scaffolderTemplate: scaffolderTemplateRouteRef,
  },
  extensions: [
    mlflowApi,
    mlflowCard,
    mlflowTab,
    instancesPage,
    mlflowIconLink,
    permissionsIconLink,
    connectOutputs,
    ...formFields,
  ],
});
