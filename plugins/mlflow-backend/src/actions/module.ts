import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { readPortal } from '../platform/portal';
import { platformsServiceRef } from '../platform/PlatformsService';
import { createAccessGrantAction } from './accessGrant';
import { createClaimAction } from './claim';
import { DryRuns } from './DryRuns';
import { createPlanAction } from './planAction';
import { createPlatformCheckAction } from './platformCheck';
import { createPublishAction } from './publish';
import { createResumeAction } from './resume';
import { createStepActions } from './stepActions';
import { createTransferAction } from './transfer';
import { createUndoAction } from './undo';

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
        actions.addActions(
          createPlatformCheckAction(deps),
          createPlanAction(deps),
          createClaimAction(deps),
          createResumeAction(deps),
          ...createStepActions(deps),
          createAccessGrantAction(deps),
          createPublishAction(deps),
          createTransferAction(deps),
          createUndoAction(deps),
        );
      },
    });
  },
});
