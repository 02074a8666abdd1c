import { createOpenApiRouter } from '../schema/openapi/generated';
import { RecordPolicy } from '../permissions';
import { addAuditRoute } from './audit';
import { addAvailabilityRoutes } from './availability';
import { addCheckRoute } from './check';
import { addDriftRoute } from './drift';
import { addEventsRoute } from './events';
import { addHistoryRoute } from './history';
import { addHoldingsRoute } from './holdings';
import { InstanceAccess } from './InstanceAccess';
import { addInstancesRoute } from './instances';
import { addLoginCheckRoute } from './loginCheck';
import { addLogsRoute } from './logs';
import { addMetricsRoute } from './metrics';
import { addOwnersRoute } from './owners';
import { addPlanRoute } from './plan';
import { addPlatformsRoute } from './platforms';
import { ApiRouter, RouterOptions } from './RouterOptions';
import { addStatusRoute } from './status';
import { addWorkloadRoute } from './workload';

/** The REST API of `openapi.yaml`. It only reads. */
export async function createRouter(options: RouterOptions): Promise<ApiRouter> {
  const router = await createOpenApiRouter();
  const policy = new RecordPolicy(options);
  const access = new InstanceAccess(options, policy);
  addInstancesRoute(router, options, policy);
  addStatusRoute(router, access, options);
  addCheckRoute(router, access, options);
  addMetricsRoute(router, access);
  addWorkloadRoute(router, access);
  addLogsRoute(router, access);
  addEventsRoute(router, access);
  addHoldingsRoute(router, access);
  addHistoryRoute(router, access);
  addDriftRoute(router, options, access);
  addAuditRoute(router, access);
  addLoginCheckRoute(router, access);
  addPlatformsRoute(router, options);
  addAvailabilityRoutes(router, options);
  addOwnersRoute(router, options);
  addPlanRoute(router, options);
  return router;
}
