import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { mlflowImageBuildPermission } from 'backstage-plugin-mlflow-common';
import { isInstanceAllowed } from './authorize';
import { platformResource } from './resource';

/**
 * Whether the caller may have an image built on the platform's Docker host. That
 * is a matter of the platform, not of an instance: no owner condition holds.
 */
export function mayBuildImages(
  { permissions }: { permissions: PermissionsService },
  platform: string,
  credentials: BackstageCredentials,
): Promise<boolean> {
  return isInstanceAllowed({
    permissions,
    permission: mlflowImageBuildPermission,
    resourceRef: platformResource(platform),
    credentials,
  });
}
