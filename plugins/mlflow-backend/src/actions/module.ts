import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { readPortal } from '../platform/portal';
import { platformsServiceRef } from '../platform/PlatformsService';
import { createActions } from './createActions';
import { DryRuns } from './DryRuns';

/**
 * Adds the MLflow actions to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleMlflow = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'mlflow',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        platforms: platformsServiceRef,
        auth: coreServices.auth,
        permissions: coreServices.permissions,
        userInfo: coreServices.userInfo,
        catalog: catalogServiceRef,
        auditor: coreServices.auditor,
        config: coreServices.rootConfig,
      },
      async init({ actions, config, ...services }) {
        const deps = {
          ...services,
          ...readPortal(config),
          dryRuns: new DryRuns(),
        };
        actions.addActions(...createActions(deps));
      },
    });
  },
});
