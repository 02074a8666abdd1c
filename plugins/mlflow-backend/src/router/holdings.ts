import { mlflowInstanceLogsReadPermission } from 'backstage-plugin-mlflow-common';
import { toInstance } from '../instances/toInstance';
import { readHoldings } from '../views/holdings';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter } from './RouterOptions';
import { untilClosed } from './untilClosed';

/** `GET /v1/entity/:namespace/:kind/:name/holdings` */
export function addHoldingsRoute(
  router: ApiRouter,
  access: InstanceAccess,
): void {
  router.get('/v1/entity/:namespace/:kind/:name/holdings', async (req, res) => {
    const holdings = await access.answer(
      req,
      {
        eventId: 'instance-holdings-fetch',
        permission: mlflowInstanceLogsReadPermission,
      },
      ({ platform, observed }) =>
        readHoldings(platform, toInstance(observed.record), untilClosed(res)),
    );
    res.json(holdings);
  });
}
