import { mlflowInstanceReadPermission } from 'backstage-plugin-mlflow-common';
import { workloadView } from '../views/workload';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter } from './RouterOptions';

/** `GET /v1/entity/:namespace/:kind/:name/workload` */
export function addWorkloadRoute(
  router: ApiRouter,
  access: InstanceAccess,
): void {
  router.get('/v1/entity/:namespace/:kind/:name/workload', async (req, res) => {
    const workload = await access.answer(
      req,
      {
        eventId: 'instance-workload-fetch',
        permission: mlflowInstanceReadPermission,
      },
      ({ observed }) => workloadView(observed),
    );
    res.json(workload);
  });
}
