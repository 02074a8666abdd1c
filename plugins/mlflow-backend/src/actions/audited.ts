import { AuditorServiceEvent } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { ActionDependencies } from './dependencies';

/** What an action tells the auditor of. */
export interface AuditedAction {
  /** Id of the action, `mlflow:…`. */
  action: string;
  /** Reference of the instance, as far as the input tells it. */
  instance: string;
}

/** Runs work between the audit events of its begin and of its end. */
export async function audited<T>(
  { auditor }: Pick<ActionDependencies, 'auditor'>,
  ctx: Pick<ActionContext<JsonObject>, 'task' | 'user'>,
  { action, instance }: AuditedAction,
  work: () => Promise<T>,
): Promise<T> {
  const event: AuditorServiceEvent = await auditor.createEvent({
    eventId: 'instance-provision',
    severityLevel: 'medium',
    meta: {
      actionType: action,
      instance,
      initiator: ctx.user?.ref,
      taskId: ctx.task.id,
    },
  });
  try {
    const result = await work();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(stringifyError(error)),
    });
    throw error;
  }
}
