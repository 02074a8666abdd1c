import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { instanceEntityRef } from '../catalog/entity';
import { ActionDependencies } from './dependencies';
import { withInstance } from './instanceAction';

const DEADLINE_SECONDS = 120;
const PAUSE_MS = 200;

const examples: TemplateExample[] = [
  {
    description: 'End a run once the catalog shows the instance',
    example: stringify({
      steps: [
        {
          id: 'publish',
          name: 'Show it in the catalog',
          action: 'mlflow:instance:publish',
          input: { instance: '${{ steps.claim.output.instance }}' },
        },
      ],
    }),
  },
];

/** The action that ends every run that went well. */
export function createPublishAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: 'mlflow:instance:publish',
    description:
      'Waits until the catalog shows the instance to the initiator, and ends the run.',
    examples,
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
        entityRef: z => z.string().describe('Entity in the catalog'),
      },
    },
    async handler(ctx) {
      const entityRef = await withInstance(
        deps,
        ctx,
        {
          action: 'mlflow:instance:publish',
          name: 'publish',
          deadlineSeconds: DEADLINE_SECONDS,
        },
        async ({ record, platform, credentials, step }) => {
          const ref = instanceEntityRef(record.spec);
          while (!(await deps.catalog.getEntityByRef(ref, { credentials }))) {
            step.signal.throwIfAborted();
            await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
          }
          await platform.records.update(
            record.spec.name,
            current => ({
              ...current,
              run: {
                ...current.run,
                state: 'done',
                step: undefined,
                message: undefined,
                finishedAt: new Date().toISOString(),
              },
            }),
            step.signal,
          );
          return ref;
        },
      );
      ctx.output('entityRef', entityRef);
    },
  });
}
