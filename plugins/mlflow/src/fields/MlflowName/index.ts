import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { MlflowName } from './MlflowName';
import { validateName } from './validateName';

/** The form field `MlflowName`. */
export const nameField = {
  name: 'MlflowName',
  component: MlflowName,
  validation: validateName,
  schema: makeFieldSchema({ output: z => z.string() }),
};
