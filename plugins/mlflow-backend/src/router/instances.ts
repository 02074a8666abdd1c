import { mlflowInstanceReadPermission } from 'backstage-plugin-mlflow-common';
import { instanceStatus, toSummary } from '../health/readiness';
import { RecordPolicy } from '../permissions';
import { audited } from './audited';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** `GET /v1/instances` */
export function addInstancesRoute(
  router: ApiRouter,
  options: RouterOptions,
  policy: RecordPolicy,
): void {
  const { httpAuth, looks, sources } = options;

  router.get('/v1/instances', async (req, res) => {
    const items = await audited(
      options,
      { eventId: 'instance-list', request: req },
      async () => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user', 'service'],
        });
        const mayRead = await policy.filter(
          mlflowInstanceReadPermission,
          credentials,
        );
        const now = new Date();
        return sources.list().flatMap(source => {
          const freshness = source.freshness();
          return source
            .list()
            .filter(({ record }) => mayRead(record.spec))
            .map(observed =>
              toSummary(
                instanceStatus(looks.withLatest(observed), freshness, now),
              ),
            );
        });
      },
    );
    res.json({ items });
  });
}
