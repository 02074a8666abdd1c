import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { MlflowPlan } from './MlflowPlan';

/** The form field `MlflowPlan`. */
export const planField = {
  name: 'MlflowPlan',
  component: MlflowPlan,
  schema: makeFieldSchema({ output: z => z.string() }),
};
