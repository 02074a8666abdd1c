import { setTimeout } from 'node:timers/promises';
import { ANNOTATION_LOCATION, Entity } from '@backstage/catalog-model';
import { ConflictError } from '@backstage/errors';
import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';
import { instanceEntityRef } from '../catalog/entity';
import { resolveInstance } from '../catalog/resolveInstance';
import { done } from '../instances/runPhase';
import { ActionDependencies } from './dependencies';
import { dryRunEntity } from './dryRun';
import { withInstance } from './instanceAction';
import { changesOutput } from './planOutput';

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

/** Somebody may have registered an entity of that name from a file of theirs. */
function assertNotForeign(ref: string, entity: Entity | undefined) {
  if (entity) {
    throw new ConflictError(
      `Catalog: ${ref} comes from ${entity.metadata.annotations?.[ANNOTATION_LOCATION]} and is not the instance. Have its owner unregister it, and run again.`,
    );
  }
}

/** The action that ends every run that went well. */
export function createPublishAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: 'mlflow:instance:publish',
    description:
      'Waits until the catalog shows the instance to the initiator, and ends the run.',
    examples,
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
      output: {
        entityRef: z => z.string().describe('Entity in the catalog'),
        changes: changesOutput,
      },
    },
    async handler(ctx) {
      if (ctx.isDryRun) {
        const { changes, ref } = await dryRunEntity(deps, ctx);
        ctx.output('changes', changes);
        ctx.output('entityRef', instanceEntityRef(ref));
        return;
      }
      const entityRef = await withInstance(
        deps,
        ctx,
        {
          action: 'mlflow:instance:publish',
          name: 'publish',
          deadlineSeconds: DEADLINE_SECONDS,
          last: true,
        },
        async ({ record, platform, credentials, step }) => {
          const ref = instanceEntityRef(record.spec);
          for (;;) {
            const entity = await deps.catalog.getEntityByRef(ref, {
              credentials,
            });
            if (resolveInstance(entity)) {
              break;
            }
            assertNotForeign(ref, entity);
            await setTimeout(PAUSE_MS, undefined, { signal: step.signal });
          }
          await platform.records.update(record.spec.name, done, step.signal);
          return ref;
        },
      );
      ctx.output('entityRef', entityRef);
    },
  });
}
