import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { InstanceRecord, MadeObject } from '../instances/InstanceRecord';
import { runStep } from '../steps/runStep';
import { Change, Step } from '../steps/Step';
import { ActionDependencies } from './dependencies';
import { withInstance } from './instanceAction';

/** One provisioning step as the scaffolder offers it. */
export interface StepActionDefinition<Observed> {
  /** `mlflow:<noun>:<verb>` */
  id: string;
  /** For people, in the imperative, for example `Make the databases`. */
  title: string;
  description: string;
  step: Step<Observed>;
  deadlineSeconds: number;
}

/** A scaffolder action that observes, plans and applies one step. */
export function createStepAction<Observed>(
  deps: ActionDependencies,
  definition: StepActionDefinition<Observed>,
) {
  const { id, title, description, step, deadlineSeconds } = definition;
  return createTemplateAction({
    id,
    description,
    examples: [exampleOf(id, title)],
    schema: {
      input: {
        instance: z =>
          z
            .string()
            .describe(
              'Reference of the instance: the output "instance" of mlflow:instance:claim',
            ),
      },
      output: {
        changes: z =>
          z
            .array(
              z.object({
                system: z.string(),
                object: z.string(),
                action: z.enum(['create', 'update', 'keep', 'conflict']),
                detail: z.string().optional(),
              }),
            )
            .describe(
              'What was made, changed or found as it should be; never a secret',
            ),
      },
    },
    async handler(ctx) {
      const changes = await withInstance(
        deps,
        ctx,
        { action: id, name: step.name, deadlineSeconds },
        async ({ record, platform, step: context }) => {
          const applied = await runStep(step, context);
          const made = applied.filter(({ action }) => action === 'create');
          if (made.length > 0) {
            await platform.records.update(
              record.spec.name,
              current => withMade(current, step.name, ctx.task.id, made),
              context.signal,
            );
          }
          return applied;
        },
      );
      ctx.output('changes', changes);
    },
  });
}

function withMade(
  record: InstanceRecord,
  step: string,
  taskId: string,
  changes: Change[],
): InstanceRecord {
  const at = new Date().toISOString();
  const made: MadeObject[] = changes.map(({ system, object }) => ({
    system,
    object,
    step,
    taskId,
    at,
  }));
  const others = record.made.filter(
    known =>
      !made.some(
        ({ system, object }) =>
          known.system === system && known.object === object,
      ),
  );
  return { ...record, made: [...others, ...made] };
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
