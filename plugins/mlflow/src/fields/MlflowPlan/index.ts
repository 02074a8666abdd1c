import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { MlflowPlan } from './MlflowPlan';
import { validatePlan } from './validatePlan';

/** The form field `MlflowPlan`. */
export const planField = {
  name: 'MlflowPlan',
  component: MlflowPlan,
  validation: validatePlan,
  schema: makeFieldSchema({ output: z => z.string() }),
};
