import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  mlflowInstanceAdminPermission,
  mlflowInstanceCreatePermission,
} from 'backstage-plugin-mlflow-common';
import {
  authorizeSome,
  isInstanceAllowed,
  platformResource,
} from '../permissions';
import { audited } from './audited';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** `GET /v1/owners` */
export function addOwnersRoute(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { auditor, httpAuth, permissions, userInfo } = options;

  router.get('/v1/owners', async (req, res) => {
    const answer = await audited(
      auditor,
      { eventId: 'owner-list', request: req },
      async () => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user'],
        });
        await authorizeSome({
          permissions,
          permission: mlflowInstanceCreatePermission,
          credentials,
        });
        const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
        return {
          any: await administersSome(options, credentials),
          owners: ownershipEntityRefs.filter(
            ref =>
              parseEntityRef(ref).kind.toLocaleLowerCase('en-US') === 'group',
          ),
        };
      },
    );
    res.json(answer);
  });
}

async function administersSome(
  { permissions, platforms }: RouterOptions,
  credentials: BackstageCredentials,
): Promise<boolean> {
  const decisions = await Promise.all(
    platforms.list().map(({ name }) =>
      isInstanceAllowed({
        permissions,
        permission: mlflowInstanceAdminPermission,
        resourceRef: platformResource(name),
        credentials,
      }),
    ),
  );
  return decisions.some(allowed => allowed);
}
