import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  instanceNames,
  instanceOfGroup,
  mlflowInstanceAdminPermission,
  mlflowInstanceCreatePermission,
  Owners,
} from 'backstage-plugin-mlflow-common';
import { InstanceSources } from '../watch/InstanceSources';
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
  const { httpAuth, permissions, sources, userInfo } = options;

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
        return {
          any,
          owners: ownershipEntityRefs.filter(ref => canOwn(ref, sources)),
          instanceGroups: any ? groupsOfInstances(sources) : [],
        };
      },
    );
    res.json(answer);
  });
}

/**
 * A group may own an instance, unless it holds the admins or users of one:
 * where the catalog imports Keycloak's groups, these are among them.
 */
function canOwn(ref: string, sources: InstanceSources): boolean {
  const { kind, name } = parseEntityRef(ref);
  if (kind.toLocaleLowerCase('en-US') !== 'group') {
    return false;
  }
  const instance = instanceOfGroup(name);
  return !(instance && sources.list().some(source => source.get(instance)));
}

function groupsOfInstances(sources: InstanceSources): string[] {
  return sources
    .list()
    .flatMap(source => source.list())
    .flatMap(({ record }) => {
      const { adminGroup, userGroup } = instanceNames(record.spec.name);
      return [adminGroup, userGroup];
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
