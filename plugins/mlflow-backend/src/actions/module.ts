import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { platformsServiceRef } from '../platform/PlatformsService';
import { createAccessGrantAction } from './accessGrant';
import { createClaimAction } from './claim';
import { createPlatformCheckAction } from './platformCheck';
import { createPublishAction } from './publish';
import { createStepActions } from './stepActions';

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
        const appUrl = config.getString('app.baseUrl');
        const deps = {
          ...services,
          appUrl,
          portalUrls: [appUrl, config.getString('backend.baseUrl')],
        };
        actions.addActions(
          createPlatformCheckAction(deps),
          createClaimAction(deps),
          ...createStepActions(deps),
          createAccessGrantAction(deps),
          createPublishAction(deps),
        );
      },
    });
  },
});
