import {
  createPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';

/** @public */
export const RESOURCE_TYPE_MLFLOW_INSTANCE = 'mlflow-instance';

const instancePermission = (
  verb: string,
  action: 'read' | 'create' | 'update' | 'delete' | undefined,
) =>
  createPermission({
    name: `mlflow.instance.${verb}`,
    attributes: action ? { action } : {},
    resourceType: RESOURCE_TYPE_MLFLOW_INSTANCE,
  });

/** See an instance and its status. @public */
export const mlflowInstanceReadPermission: ResourcePermission<
  typeof RESOURCE_TYPE_MLFLOW_INSTANCE
> = instancePermission('read', 'read');

/** Make an instance; decided on the instance about to be made. @public */
export const mlflowInstanceCreatePermission: ResourcePermission<
  typeof RESOURCE_TYPE_MLFLOW_INSTANCE
> = instancePermission('create', 'create');

/** Change an instance. @public */
export const mlflowInstanceUpdatePermission: ResourcePermission<
  typeof RESOURCE_TYPE_MLFLOW_INSTANCE
> = instancePermission('update', 'update');

/** Remove an instance. @public */
export const mlflowInstanceDeletePermission: ResourcePermission<
  typeof RESOURCE_TYPE_MLFLOW_INSTANCE
> = instancePermission('delete', 'delete');

/** Administer a platform: act for any owner. @public */
export const mlflowInstanceAdminPermission: ResourcePermission<
  typeof RESOURCE_TYPE_MLFLOW_INSTANCE
> = instancePermission('admin', undefined);

/** Read the logs of an instance. @public */
export const mlflowInstanceLogsReadPermission: ResourcePermission<
  typeof RESOURCE_TYPE_MLFLOW_INSTANCE
> = instancePermission('logs.read', 'read');

/**
 * Have the image of a version line built on a platform's Docker host, whose root
 * that makes; decided on the platform as a whole. @public
 */
export const mlflowImageBuildPermission: ResourcePermission<
  typeof RESOURCE_TYPE_MLFLOW_INSTANCE
> = createPermission({
  name: 'mlflow.image.build',
  attributes: {},
  resourceType: RESOURCE_TYPE_MLFLOW_INSTANCE,
});

/** All permissions of the plugin. @public */
export const mlflowPermissions: ResourcePermission<
  typeof RESOURCE_TYPE_MLFLOW_INSTANCE
>[] = [
  mlflowInstanceReadPermission,
  mlflowInstanceCreatePermission,
  mlflowInstanceUpdatePermission,
  mlflowInstanceDeletePermission,
  mlflowInstanceAdminPermission,
  mlflowInstanceLogsReadPermission,
  mlflowImageBuildPermission,
];
