import {
  BackstageCredentials,
  PermissionsService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import {
  mlflowInstanceAdminPermission,
  mlflowInstanceCreatePermission,
} from 'backstage-plugin-mlflow-common';
import { quoted } from '../systems/quoted';
import { authorizeInstance, isInstanceAllowed } from './authorize';
import { candidateResource } from './resource';

/**
 * The owner as an entity reference.
 *
 * @throws InputError when it is not a group of the catalog
 */
export async function resolveOwner(
  { catalog }: { catalog: CatalogService },
  owner: string,
  credentials: BackstageCredentials,
): Promise<string> {
  const ref = toGroupRef(owner);
  const group = ref && (await catalog.getEntityByRef(ref, { credentials }));
  if (!ref || !group) {
    throw new InputError(
      `The owner ${quoted(owner)} is no group of the catalog.`,
    );
  }
  return ref;
}

function toGroupRef(owner: string): string | undefined {
  try {
    const ref = parseEntityRef(owner, {
      defaultKind: 'group',
      defaultNamespace: 'default',
    });
    return ref.kind.toLowerCase() === 'group'
      ? stringifyEntityRef(ref)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A person may make instances for groups of their own, an admin of the platform
 * for any group.
 *
 * @throws NotAllowedError when the initiator may not
 */
export async function authorizeClaim(
  {
    permissions,
    userInfo,
  }: { permissions: PermissionsService; userInfo: UserInfoService },
  candidate: { platform: string; name: string; owner: string },
  credentials: BackstageCredentials,
): Promise<void> {
  const resourceRef = candidateResource(candidate);
  await authorizeInstance({
    permissions,
    permission: mlflowInstanceCreatePermission,
    resourceRef,
    credentials,
  });
  const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
  if (
    !ownershipEntityRefs.includes(candidate.owner) &&
    !(await isInstanceAllowed({
      permissions,
      permission: mlflowInstanceAdminPermission,
      resourceRef,
      credentials,
    }))
  ) {
    throw new NotAllowedError(
      `You are not a member of ${candidate.owner}. Choose a group of yours, or ask a platform admin.`,
    );
  }
}
