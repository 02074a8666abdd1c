import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { MlflowOwner } from './MlflowOwner';
import { validateOwner } from './validateOwner';

/** The form field `MlflowOwner`. */
export const ownerField = {
  name: 'MlflowOwner',
  component: MlflowOwner,
  validation: validateOwner,
  schema: makeFieldSchema({ output: z => z.string() }),
};
