import { mlflowInstanceReadPermission } from 'backstage-plugin-mlflow-common';
import { InstanceCharts } from '../monitoring/InstanceCharts';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter } from './RouterOptions';

/** `GET /v1/entity/:namespace/:kind/:name/metrics` */
export function addMetricsRoute(
  router: ApiRouter,
  access: InstanceAccess,
  charts: Pick<InstanceCharts, 'read'> = new InstanceCharts(),
): void {
  router.get('/v1/entity/:namespace/:kind/:name/metrics', async (req, res) => {
    const metrics = await access.answer(
      req,
      {
        eventId: 'instance-metrics-fetch',
        permission: mlflowInstanceReadPermission,
      },
      ({ platform, ref }) => charts.read(platform, ref),
    );
    res.json(metrics);
  });
}
