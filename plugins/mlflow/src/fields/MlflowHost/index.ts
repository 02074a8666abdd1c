import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { MlflowHost } from './MlflowHost';
import { validateHost } from './validateHost';

/** The form field `MlflowHost`. */
export const hostField = {
  name: 'MlflowHost',
  component: MlflowHost,
  validation: validateHost,
  schema: makeFieldSchema({ output: z => z.string().optional() }),
};
