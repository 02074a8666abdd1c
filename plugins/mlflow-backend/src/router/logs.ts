import { mlflowInstanceLogsReadPermission } from 'backstage-plugin-mlflow-common';
import { readLogs } from '../views/logs';
import { answerInTime } from './answerInTime';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter } from './RouterOptions';

/** `GET /v1/entity/:namespace/:kind/:name/logs` */
export function addLogsRoute(router: ApiRouter, access: InstanceAccess): void {
  router.get('/v1/entity/:namespace/:kind/:name/logs', async (req, res) => {
    const page = await access.answer(
      req,
      {
        eventId: 'instance-logs-fetch',
        permission: mlflowInstanceLogsReadPermission,
        meta: { pod: req.query.pod },
      },
      ({ platform, observed }) =>
        answerInTime('Kubernetes', res, signal =>
          readLogs(platform.kubernetes, observed, req.query, signal),
        ),
    );
    res.json(page);
  });
}
