import {
  InstancePlan,
  mlflowInstanceLogsReadPermission,
} from 'backstage-plugin-mlflow-common';
import { readDrift } from '../views/drift';
import { Shared } from '../views/Shared';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** Each system has ten seconds; a few are asked one after the other. */
const DEADLINE_MS = 30_000;

/** `GET /v1/entity/:namespace/:kind/:name/drift` */
export function addDriftRoute(
  router: ApiRouter,
  options: RouterOptions,
  access: InstanceAccess,
): void {
  const shared = new Shared<InstancePlan>();

  router.get('/v1/entity/:namespace/:kind/:name/drift', async (req, res) => {
    const plan = await access.answer(
      req,
      {
        eventId: 'instance-drift-fetch',
        permission: mlflowInstanceLogsReadPermission,
      },
      ({ platform, observed: { record } }) =>
        // A record that was changed is planned anew.
        shared.get(JSON.stringify([record.id, record.changedAt]), async () =>
          readDrift(
            options,
            platform,
            record,
            await options.auth.getOwnServiceCredentials(),
            AbortSignal.timeout(DEADLINE_MS),
          ),
        ),
    );
    res.json(plan);
  });
}
