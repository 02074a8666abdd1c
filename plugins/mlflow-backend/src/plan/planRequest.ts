import {
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  mlflowInstanceReadPermission,
  PlanInput,
} from 'backstage-plugin-mlflow-common';
import { instancePage } from '../catalog/entity';
import { wantedAccess } from '../catalog/people';
import { planEntity } from '../catalog/planEntity';
import { assertCanOwn } from '../instances/assertCanOwn';
import { specFromInput } from '../instances/specFromInput';
import { instanceResource, isInstanceAllowed } from '../permissions';
import { authorizeClaim, resolveOwner } from '../permissions/claimRights';
import { mayBuildImages } from '../permissions/imageBuild';
import { ownUrls } from '../platform/ownHosts';
import { PlatformsService } from '../platform/PlatformsService';
import { Portal } from '../platform/portal';
import { PlanRequest } from './planInstance';

/** What a plan is made with. */
export interface PlanDependencies extends Portal {
  platforms: PlatformsService;
  permissions: PermissionsService;
  userInfo: UserInfoService;
  catalog: CatalogService;
}

/** Who wants to know. */
export interface PlanCaller {
  credentials: BackstageCredentials;
  /** Entity reference of the user. */
  user: string;
}

/**
 * Checks input and rights as the claim does, before any system is asked.
 *
 * @throws InputError with one sentence that says what is wrong
 * @throws NotAllowedError when the caller may not make such an instance
 */
export async function planRequest(
  deps: PlanDependencies,
  input: PlanInput,
  { credentials, user }: PlanCaller,
): Promise<PlanRequest> {
  const platform = deps.platforms.get(input.platform);
  const wanted = specFromInput(input, platform.config);
  const owner = await resolveOwner(deps, wanted.owner, credentials);
  const spec = { ...wanted, owner };
  await authorizeClaim(deps, spec, credentials);
  await assertCanOwn(platform.records, owner);
  return {
    platform,
    spec,
    creator: user,
    hostDerived: !input.host,
    mayBuild: () => mayBuildImages(deps, platform.name, credentials),
    changeHint: `see its page, ${instancePage(deps.appUrl, spec)}`,
    ownUrls: [...ownUrls(platform.config), ...deps.portalUrls],
    access: creator =>
      wantedAccess(
        deps,
        { creator, owner },
        platform.config.keycloak,
        credentials,
      ),
    entity: () => planEntity(deps.catalog, spec, credentials),
    mayRead: record =>
      isInstanceAllowed({
        permissions: deps.permissions,
        permission: mlflowInstanceReadPermission,
        resourceRef: instanceResource({
          platform: platform.name,
          name: record.spec.name,
        }),
        credentials,
      }),
  };
}
