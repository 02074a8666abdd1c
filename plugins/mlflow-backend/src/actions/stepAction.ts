import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { shown } from '../plan/shown';
import { Change, Step } from '../steps/Step';
import { ActionDependencies } from './dependencies';
import { dryRunStep } from './dryRun';
import { InstanceActionContext, withInstance } from './instanceAction';
import { changesOutput } from './planOutput';

/** One provisioning step as the scaffolder offers it. */
export interface StepActionDefinition<Observed> {
  /** `mlflow:<noun>:<verb>` */
  id: string;
  /** For people, in the imperative, for example `Make the databases`. */
  title: string;
  description: string;
  step: Step<Observed>;
  deadlineSeconds: number;
  /** Refuses changes that ask for more than the right to create the instance. */
  allow?: (
    deps: ActionDependencies,
    context: InstanceActionContext,
    changes: Change[],
  ) => Promise<void>;
}

/** A scaffolder action that observes, plans and applies one step. */
export function createStepAction<Observed>(
  deps: ActionDependencies,
  definition: StepActionDefinition<Observed>,
) {
  const { id, title, description, step, deadlineSeconds, allow } = definition;
  return createTemplateAction({
    id,
    description,
    examples: [exampleOf(id, title)],
    supportsDryRun: true,
    schema: {
      input: {
        instance: z =>
          z
            .string()
            .describe(
              'Reference of the instance: the output "instance" of mlflow:instance:claim',
            ),
      },
      output: { changes: changesOutput },
    },
    async handler(ctx) {
      if (ctx.isDryRun) {
        ctx.output('changes', (await dryRunStep(deps, ctx, step.name)).changes);
        return;
      }
      const changes = await withInstance(
        deps,
        ctx,
        { action: id, name: step.name, deadlineSeconds },
        context =>
          context.run(step, async made => allow?.(deps, context, made)),
      );
      ctx.output('changes', changes.map(shown));
    },
  });
}

function exampleOf(id: string, title: string): TemplateExample {
  return {
    description: `${title} of a claimed instance`,
    example: stringify({
      steps: [
        {
          id: id.split(':')[1],
          name: title,
          action: id,
          input: { instance: '${{ steps.claim.output.instance }}' },
        },
      ],
    }),
  };
}
