import { mlflowInstanceLogsReadPermission } from 'backstage-plugin-mlflow-common';
import { readAudit } from '../views/audit';
import { answerInTime } from './answerInTime';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter } from './RouterOptions';

/** `GET /v1/entity/:namespace/:kind/:name/audit` */
export function addAuditRoute(router: ApiRouter, access: InstanceAccess): void {
  router.get('/v1/entity/:namespace/:kind/:name/audit', async (req, res) => {
    const log = await access.answer(
      req,
      {
        eventId: 'instance-audit-fetch',
        permission: mlflowInstanceLogsReadPermission,
      },
      ({ platform, observed }) =>
        answerInTime('Kubernetes', res, signal =>
          readAudit(platform.kubernetes, observed, signal),
        ),
    );
    res.json(log);
  });
}
