import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { DEFAULT_PERMISSIONS } from 'backstage-plugin-mlflow-common';
import { MlflowPermission } from './MlflowPermission';

/** The form field `MlflowPermission`. */
export const permissionField = {
  name: 'MlflowPermission',
  component: MlflowPermission,
  schema: makeFieldSchema({ output: z => z.enum(DEFAULT_PERMISSIONS) }),
};
