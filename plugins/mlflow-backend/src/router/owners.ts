import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  mlflowInstanceAdminPermission,
  mlflowInstanceCreatePermission,
  Owners,
} from 'backstage-plugin-mlflow-common';
import {
  authorizeSome,
  isInstanceAllowed,
  platformResource,
} from '../permissions';
import { audited } from './audited';
import { InstanceGroups } from './InstanceGroups';
import { ApiRouter, RouterOptions } from './RouterOptions';

/** `GET /v1/owners` */
export function addOwnersRoute(
  router: ApiRouter,
  options: RouterOptions,
): void {
  const { httpAuth, permissions, userInfo } = options;
  const instanceGroups = new InstanceGroups(options);

  router.get('/v1/owners', async (req, res) => {
    const answer = await audited(
      options,
      { eventId: 'owner-list', request: req },
      async (): Promise<Owners> => {
        const credentials = await httpAuth.credentials(req, {
          allow: ['user'],
        });
        await authorizeSome({
          permissions,
          permission: mlflowInstanceCreatePermission,
          credentials,
        });
        const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
        const any = await administersSome(options, credentials);
        const groups = await instanceGroups.names();
        return {
          any,
          owners: ownershipEntityRefs.filter(ref => canOwn(ref, groups)),
          instanceGroups: any ? [...groups] : [],
        };
      },
    );
    res.json(answer);
  });
}

/** A group may own an instance, unless it says who may use one. */
function canOwn(ref: string, groups: ReadonlySet<string>): boolean {
  const { kind, name } = parseEntityRef(ref);
  return kind.toLocaleLowerCase('en-US') === 'group' && !groups.has(name);
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
