import { AuditorServiceEvent } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { initiatorRef } from '../permissions/initiator';
import { ActionDependencies } from './dependencies';

/** What an action tells the auditor of. */
export type AuditedAction = {
  /** Id of the action, `mlflow:…`. */
  action: string;
} & (
  | {
      /** Reference of the instance, as far as the input tells it. */
      instance: string;
    }
  | { platform: string }
);

/**
 * Runs work between the audit events of its begin and of its end. The initiator
 * is whose rights count: of a task that somebody else runs again the scaffolder
 * keeps the first one's name.
 */
export async function audited<T>(
  { auditor, auth }: Pick<ActionDependencies, 'auditor' | 'auth'>,
  ctx: Pick<ActionContext<JsonObject>, 'task' | 'getInitiatorCredentials'>,
  { action, ...object }: AuditedAction,
  work: () => Promise<T>,
): Promise<T> {
  const initiator = initiatorRef(auth, await ctx.getInitiatorCredentials());
  const event: AuditorServiceEvent = await auditor.createEvent({
    eventId: 'instance' in object ? 'instance-provision' : 'platform-check',
    severityLevel: 'instance' in object ? 'medium' : 'low',
    meta: { actionType: action, ...object, initiator, taskId: ctx.task.id },
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
