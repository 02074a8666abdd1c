import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { StepMetrics } from '../monitoring/StepMetrics';
import { readPortal } from '../platform/portal';
import { platformsServiceRef } from '../platform/PlatformsService';
import { createActions } from './createActions';
import { DryRuns } from './DryRuns';
import { timed } from './timed';

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
        metrics: metricsServiceRef,
      },
      async init({ actions, config, metrics, ...services }) {
        const deps = {
          ...services,
          ...readPortal(config),
          dryRuns: new DryRuns(),
        };
        const steps = new StepMetrics(metrics);
        actions.addActions(
          ...createActions(deps).map(action => timed(action, steps)),
        );
      },
    });
  },
});
