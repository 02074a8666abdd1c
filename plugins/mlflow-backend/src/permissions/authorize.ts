import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  PolicyDecision,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  mlflowImageBuildPermission,
  mlflowInstanceAdminPermission,
  mlflowInstanceCreatePermission,
  RESOURCE_TYPE_MLFLOW_INSTANCE,
} from 'backstage-plugin-mlflow-common';
import { parseResource } from './resource';

/** A permission on instances. */
export type InstancePermission = ResourcePermission<
  typeof RESOURCE_TYPE_MLFLOW_INSTANCE
>;

/** Permissions that can be decided on what does not exist yet. */
const ON_CANDIDATES: string[] = [
  mlflowInstanceCreatePermission.name,
  mlflowInstanceAdminPermission.name,
  mlflowImageBuildPermission.name,
];

/**
 * Asks the policy whether the caller may do something with an instance.
 *
 * @param options - `resourceRef` is an instance (`instanceResource`) or, to
 * create or administer, a candidate (`candidateResource`); `credentials` are the
 * caller's, never the plugin's own, to which everything is allowed
 * @throws NotAllowedError when the caller may not
 */
export async function authorizeInstance(options: {
  permissions: PermissionsService;
  permission: InstancePermission;
  resourceRef: string;
  credentials: BackstageCredentials;
}): Promise<void> {
  const { permission, resourceRef } = options;
  if (!(await isInstanceAllowed(options))) {
    throw new NotAllowedError(
      `You lack the permission ${permission.name} on ${resourceRef}. Ask the owner of the instance or a platform admin.`,
    );
  }
}

/** The same as a question. */
export async function isInstanceAllowed(options: {
  permissions: PermissionsService;
  permission: InstancePermission;
  resourceRef: string;
  credentials: BackstageCredentials;
}): Promise<boolean> {
  const { permissions, permission, resourceRef, credentials } = options;
  const resource = parseResource(resourceRef);
  if (
    !resource ||
    (resource.kind === 'candidate' && !ON_CANDIDATES.includes(permission.name))
  ) {
    return false;
  }
  const [decision] = await permissions.authorize(
    [{ permission, resourceRef }],
    { credentials },
  );
  return decision.result === AuthorizeResult.ALLOW;
}

/**
 * The policy's decision for the caller before an instance is named: allowed for
 * all, or under conditions.
 *
 * @throws NotAllowedError when the caller may do it with no instance at all
 */
export async function authorizeSome(options: {
  permissions: PermissionsService;
  permission: InstancePermission;
  credentials: BackstageCredentials;
}): Promise<PolicyDecision> {
  const { permissions, permission, credentials } = options;
  const [decision] = await permissions.authorizeConditional([{ permission }], {
    credentials,
  });
  if (
    decision.result !== AuthorizeResult.ALLOW &&
    decision.result !== AuthorizeResult.CONDITIONAL
  ) {
    throw new NotAllowedError(
      `You lack the permission ${permission.name}. Ask a platform admin.`,
    );
  }
  return decision;
}
