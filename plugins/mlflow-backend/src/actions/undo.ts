import {
  createTemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import {
  InstanceReference,
  mlflowInstanceDeletePermission,
} from 'backstage-plugin-mlflow-common';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { stringify } from 'yaml';
import { InstanceRecord, MadeObject } from '../instances/InstanceRecord';
import { madeByTask, madeSinceComplete } from '../instances/made';
import { undoing } from '../instances/runPhase';
import { undoInstance } from '../instances/undoInstance';
import { authorizeInstance, instanceResource } from '../permissions';
import { atWork } from './atWork';
import { audited } from './audited';
import { Platform } from '../platform/Platform';
import { ActionDependencies } from './dependencies';
import { requireReference } from './instanceAction';

const ID = 'mlflow:instance:undo';
const DEADLINE_SECONDS = 10 * 60;

const examples: TemplateExample[] = [
  {
    description: 'Take back what a run made, as the last step of a template',
    example: stringify({
      steps: [
        {
          id: 'undo',
          name: 'Undo',
          if: '${{ failure() }}',
          action: ID,
          input: {
            instance: '${{ parameters.platform }}/${{ parameters.name }}',
            keep: '${{ parameters.keepPieces }}',
          },
        },
      ],
    }),
  },
  {
    description: 'Take back an unfinished run, by a template of its own',
    example: stringify({
      steps: [
        {
          id: 'undo',
          name: 'Undo',
          action: ID,
          input: { instance: 'sandbox/churn', unfinished: true },
        },
      ],
    }),
  },
];

/** The action that makes a failed run leave nothing behind. */
export function createUndoAction(deps: ActionDependencies) {
  return createTemplateAction({
    id: ID,
    description:
      'Takes back what this run made and nothing else, the last first, and says what is left and why; for that it needs no rights. With "unfinished" it takes back what whatever runs made since the instance was last complete, with the rights of a deletion.',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        instance: z =>
          z.string().describe('Reference of the instance, <platform>/<name>'),
        unfinished: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Undo the unfinished runs of the instance, whichever tasks they were, instead of this task alone',
            ),
        keep: z =>
          z
            .boolean()
            .optional()
            .describe(
              'Leave the pieces of this run for inspection; the run can go on from them, or be undone later',
            ),
      },
      output: {
        left: z =>
          z.array(z.string()).describe('What is left of the run, and why'),
      },
    },
    async handler(ctx) {
      const { input, logger, task } = ctx;
      const { instance } = input;
      await audited(deps, ctx, { action: ID, instance }, async () => {
        const place = findPlace(deps, input);
        if (!place) {
          logger.info(`No run can have made anything of ${instance}`);
          ctx.output('left', []);
          return;
        }
        const { ref, platform } = place;
        if (input.unfinished) {
          await authorizeInstance({
            permissions: deps.permissions,
            permission: mlflowInstanceDeletePermission,
            resourceRef: instanceResource(ref),
            credentials: await ctx.getInitiatorCredentials(),
          });
        }
        const known = await platform.records.get(ref.name, ctx.signal);
        const idle = reasonToStop(known, input, task.id);
        if (idle) {
          logger.info(idle);
          ctx.output('left', []);
          return;
        }
        if (ctx.isDryRun) {
          const made = known ? toUndo(known, input, task.id) : [];
          made.forEach(({ system, object }) =>
            logger.info(`${system}: remove ${object}`),
          );
          return;
        }
        const work = {
          ref,
          platform,
          name: 'undo',
          deadlineSeconds: DEADLINE_SECONDS,
          last: true,
        };
        const { left, forgotten } = await atWork(ctx, work, async at => {
          const record = await platform.records.update(
            ref.name,
            current => {
              if (input.unfinished) {
                assertUnfinished(current);
              } else {
                assertOwn(current, task.id);
              }
              return undoing(current, task.id);
            },
            at.signal,
          );
          const made = toUndo(record, input, task.id);
          return undoInstance(record, made, { ...at, platform });
        });
        logger.info(
          forgotten
            ? `Nothing of ${instance} is left`
            : `The run is undone; what was there of ${instance} before it stays`,
        );
        left.forEach(line => logger.warn(`Left: ${line}`));
        ctx.output('left', left);
      });
    },
  });
}

/**
 * Where the instance is. A run whose input named no place cannot have begun, and
 * its undo must not hide why.
 */
function findPlace(
  { platforms }: ActionDependencies,
  input: { instance: string; unfinished?: boolean },
): { ref: InstanceReference; platform: Platform } | undefined {
  try {
    const ref = requireReference(input.instance);
    return { ref, platform: platforms.get(ref.platform) };
  } catch (error) {
    if (input.unfinished || !isUnknown(error)) {
      throw error;
    }
    return undefined;
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof InputError || error instanceof NotFoundError;
}

function toUndo(
  record: InstanceRecord,
  { unfinished }: { unfinished?: boolean },
  taskId: string,
): MadeObject[] {
  return unfinished ? madeSinceComplete(record) : madeByTask(record, taskId);
}

/** Why there is nothing to do, for people; undefined when there is. */
function reasonToStop(
  known: InstanceRecord | undefined,
  input: { instance: string; unfinished?: boolean; keep?: boolean },
  taskId: string,
): string | undefined {
  if (!known) {
    return `${input.instance} is not recorded: there is nothing to undo`;
  }
  if (!input.unfinished && known.run.taskId !== taskId) {
    return `This task made nothing of ${input.instance}: there is nothing to undo`;
  }
  return input.keep
    ? 'The pieces of this run stay for inspection. Run the template again to go on from them, or undo them from the page of the instance.'
    : undefined;
}

function assertUnfinished({ run, spec }: InstanceRecord) {
  if (run.state === 'done') {
    throw new ConflictError(
      `Instance ${spec.platform}/${spec.name} is complete: no run is left to undo.`,
    );
  }
}

/** Between the first look and the Lease another task may have begun. */
function assertOwn({ run, spec }: InstanceRecord, taskId: string) {
  if (run.taskId !== taskId) {
    throw new ConflictError(
      `Instance ${spec.platform}/${spec.name} is in the hands of task ${run.taskId} by now; nothing was undone.`,
    );
  }
}
