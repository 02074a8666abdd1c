import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { mlflowPermissions } from 'backstage-plugin-mlflow-common';
import { createLooks } from './health/createLooks';
import { readInterval } from './health/readInterval';
import { scheduleLooks } from './health/scheduleLooks';
import { InstanceSignals } from './watch/InstanceSignals';
import { instanceSourcesRef } from './watch/InstanceSources';
import { HealthMetrics } from './monitoring/HealthMetrics';
import { observeWatchLag } from './monitoring/watchLag';
import { mlflowInstanceResourceRef, mlflowInstanceRules } from './permissions';
import { loadResources } from './permissions/loadResources';
import { platformsServiceRef } from './platform/PlatformsService';
import { readPortal } from './platform/portal';
import { readDrift } from './views/drift';
import { createRouter } from './router/createRouter';

/**
 * The MLflow backend plugin: REST API and permissions.
 *
 * @public
 */
export const mlflowPlugin = createBackendPlugin({
  pluginId: 'mlflow',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        platforms: platformsServiceRef,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
        sources: instanceSourcesRef,
        userInfo: coreServices.userInfo,
      },
      async init({ config, httpRouter, logger, metrics, ...services }) {
        const { lifecycle, scheduler, signals, ...forRoutes } = services;
        const { auth, catalog, permissionsRegistry, platforms, sources } =
          services;
        permissionsRegistry.addResourceType({
          resourceRef: mlflowInstanceResourceRef,
          permissions: mlflowPermissions,
          rules: Object.values(mlflowInstanceRules),
          getResources: references =>
            loadResources({ logger, platforms, sources }, references),
        });
        observeWatchLag(metrics, sources);
        const pages = new InstanceSignals({ signals, sources, logger });
        lifecycle.addStartupHook(() => pages.start());
        lifecycle.addShutdownHook(() => pages.stop());
        const portal = readPortal(config);
        const looks = createLooks({
          platforms,
          sources,
          logger,
          metrics: new HealthMetrics(metrics),
          readPlan: async (record, signal) =>
            readDrift(
              { ...portal, catalog },
              platforms.get(record.spec.platform),
              record,
              await auth.getOwnServiceCredentials(),
              signal,
            ),
        });
        scheduleLooks(
          { scheduler, platforms, sources, looks, logger },
          readInterval(config, logger),
        );
        lifecycle.addShutdownHook(() => looks.stop());
        httpRouter.use(await createRouter({ ...forRoutes, looks, ...portal }));
      },
    });
  },
});
