import { mlflowInstanceReadPermission } from 'backstage-plugin-mlflow-common';
import { instanceStatus } from '../health/readiness';
import { InstanceAccess } from './InstanceAccess';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** `POST /v1/entity/:namespace/:kind/:name/check` */
export function addCheckRoute(
  router: ApiRouter,
  access: InstanceAccess,
  { looks }: Pick<RouterOptions, 'looks'>,
): void {
  router.post('/v1/entity/:namespace/:kind/:name/check', async (req, res) => {
    const maxAgeMs = Math.max(0, Number(req.query.maxAge ?? 0)) * 1000;
    const status = await access.answer(
      req,
      { eventId: 'instance-check', permission: mlflowInstanceReadPermission },
      async ({ ref, source, observed }) => {
        await looks.check(ref, maxAgeMs);
        return instanceStatus(
          looks.withLatest(source.get(ref.name) ?? observed),
          source.freshness(),
          new Date(),
        );
      },
    );
    res.json(status);
  });
}
