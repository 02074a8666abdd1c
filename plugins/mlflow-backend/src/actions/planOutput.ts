import {
  InstancePlan,
  PLAN_ACTIONS,
  PlanChange,
} from 'backstage-plugin-mlflow-common';
import { SchemaOf, Z } from './zod';

/** The lines of a plan, as actions give them. */
export const changesOutput = (z: Z): SchemaOf<PlanChange[]> =>
  z
    .array(
      z.object({
        system: z.string(),
        object: z.string(),
        action: z.enum(PLAN_ACTIONS),
        detail: z.string().optional(),
        found: z.string().optional(),
        destructive: z.boolean().optional(),
      }),
    )
    .describe(
      'What was made, changed or found as it should be; of a dry run, what would be. Never a secret',
    );

/** A whole plan, as actions give it. */
export const planOutput = (z: Z): SchemaOf<InstancePlan> =>
  z
    .object({
      instance: z.string(),
      exists: z.boolean(),
      digest: z.string(),
      counts: z.object({
        create: z.number(),
        update: z.number(),
        keep: z.number(),
        conflict: z.number(),
      }),
      steps: z.array(
        z.object({
          step: z.string(),
          title: z.string(),
          system: z.string(),
          changes: changesOutput(z),
          problem: z.string().optional(),
        }),
      ),
      conflicts: changesOutput(z),
      warnings: z.array(z.string()),
    })
    .describe('What a run of the create template would do');
