import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { MlflowPlatform } from './MlflowPlatform';
import { validatePlatform } from './validatePlatform';

/** The form field `MlflowPlatform`. */
export const platformField = {
  name: 'MlflowPlatform',
  component: MlflowPlatform,
  validation: validatePlatform,
  schema: makeFieldSchema({ output: z => z.string() }),
};
