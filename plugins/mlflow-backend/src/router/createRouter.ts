import { createOpenApiRouter } from '../schema/openapi/generated';
import { RecordPolicy } from '../permissions';
import { addAvailabilityRoutes } from './availability';
import { addCheckRoute } from './check';
import { InstanceAccess } from './InstanceAccess';
import { addInstancesRoute } from './instances';
import { addOwnersRoute } from './owners';
import { addPlanRoute } from './plan';
import { addPlatformsRoute } from './platforms';
import { ApiRouter, RouterOptions } from './RouterOptions';
import { addStatusRoute } from './status';

/** The REST API of `openapi.yaml`. It only reads. */
export async function createRouter(options: RouterOptions): Promise<ApiRouter> {
  const router = await createOpenApiRouter();
  const policy = new RecordPolicy(options);
  const access = new InstanceAccess(options, policy);
  addInstancesRoute(router, options, policy);
  addStatusRoute(router, access, options);
  addCheckRoute(router, access, options);
  addPlatformsRoute(router, options);
  addAvailabilityRoutes(router, options);
  addOwnersRoute(router, options);
  addPlanRoute(router, options);
  return router;
}
