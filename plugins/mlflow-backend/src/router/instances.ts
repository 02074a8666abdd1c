import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { mlflowInstanceReadPermission } from 'backstage-plugin-mlflow-common';
import { instanceStatus, toSummary } from '../health/readiness';
import { authorizeSome, mlflowInstanceResourceRef } from '../permissions';
import { audited } from './audited';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** `GET /v1/instances` */
export function addInstancesRoute(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { httpAuth, permissions, permissionsRegistry, sources } = options;

  router.get('/v1/instances', async (req, res) => {
    const items = await audited(
      options,
      { eventId: 'instance-list', request: req },
      async () => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user', 'service'],
        });
        const decision = await authorizeSome({
          permissions,
          permission: mlflowInstanceReadPermission,
          credentials,
        });
        const mayRead = createConditionAuthorizer(
          permissionsRegistry.getPermissionRuleset(mlflowInstanceResourceRef),
        );
        const now = new Date();
        return sources.list().flatMap(source =>
          source
            .list()
            .filter(({ record }) => mayRead(decision, record.spec))
            .map(observed =>
              toSummary(instanceStatus(observed, source.freshness(), now)),
            ),
        );
      },
    );
    res.json({ items });
  });
}
