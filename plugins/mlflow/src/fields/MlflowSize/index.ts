import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { INSTANCE_SIZES } from 'backstage-plugin-mlflow-common';
import { MlflowSize } from './MlflowSize';

/** The form field `MlflowSize`. */
export const sizeField = {
  name: 'MlflowSize',
  component: MlflowSize,
  schema: makeFieldSchema({ output: z => z.enum(INSTANCE_SIZES) }),
};
