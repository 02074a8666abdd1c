import { mlflowInstanceReadPermission } from 'backstage-plugin-mlflow-common';
import { instanceStatus } from '../health/readiness';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** `GET /v1/entity/:namespace/:kind/:name/status` */
export function addStatusRoute(
  router: ApiRouter,
  access: InstanceAccess,
  { looks }: Pick<RouterOptions, 'looks'>,
): void {
  router.get('/v1/entity/:namespace/:kind/:name/status', async (req, res) => {
    const status = await access.answer(
      req,
      {
        eventId: 'instance-status-fetch',
        permission: mlflowInstanceReadPermission,
      },
      ({ observed, source }) =>
        instanceStatus(
          looks.withLatest(observed),
          source.freshness(),
          new Date(),
        ),
    );
    res.json(status);
  });
}
