import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { LINES } from 'backstage-plugin-mlflow-common';
import { MlflowLine } from './MlflowLine';
import { validateLine } from './validateLine';

/** The form field `MlflowLine`. */
export const lineField = {
  name: 'MlflowLine',
  component: MlflowLine,
  validation: validateLine,
  schema: makeFieldSchema({ output: z => z.enum(LINES) }),
};
