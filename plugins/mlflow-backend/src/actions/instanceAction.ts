import {
  AuditorServiceEvent,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import {
  InstanceReference,
  mlflowInstanceCreatePermission,
  parseInstanceReference,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { InstanceRecord } from '../instances/InstanceRecord';
import { toInstance } from '../instances/toInstance';
import { authorizeInstance, instanceResource } from '../permissions';
import { Platform } from '../platform/Platform';
import { StepContext } from '../steps/Step';
import { ActionDependencies } from './dependencies';
import { createProgress } from './progress';

/** How often a long action shows that it is at work. */
const ALIVE_MS = 30_000;

/** How long the record of a failure may take to write. */
const SETTLE_MS = 10_000;

/** What an action on an existing instance works with. */
export interface InstanceActionContext {
  ref: InstanceReference;
  record: InstanceRecord;
  platform: Platform;
  credentials: BackstageCredentials;
  step: StepContext;
}

/**
 * Runs the work of an action on a claimed instance: as the initiator and with
 * the initiator's rights, within a deadline, audited, and with its failure
 * written into the record, where the entity page finds it.
 */
export async function withInstance<T>(
  deps: ActionDependencies,
  ctx: Pick<
    ActionContext<{ instance: string }>,
    'input' | 'logger' | 'task' | 'user' | 'signal' | 'getInitiatorCredentials'
  >,
  options: { action: string; name: string; deadlineSeconds: number },
  work: (context: InstanceActionContext) => Promise<T>,
): Promise<T> {
  const ref = parseInstanceReference(ctx.input.instance);
  if (!ref) {
    throw new InputError(
      `"${ctx.input.instance}" is no instance; take the output "instance" of mlflow:instance:claim.`,
    );
  }
  const platform = deps.platforms.get(ref.platform);
  const credentials = await ctx.getInitiatorCredentials();
  const event = await deps.auditor.createEvent({
    eventId: 'instance-provision',
    severityLevel: 'medium',
    meta: {
      actionType: options.action,
      instance: stringifyInstanceReference(ref),
      initiator: ctx.user?.ref,
      taskId: ctx.task.id,
    },
  });
  const progress = createProgress(ctx.logger, options.name);
  const alive = setInterval(
    () => keepAlive(platform, ref.name, ctx.task.id),
    ALIVE_MS,
  );
  const deadline = AbortSignal.timeout(options.deadlineSeconds * 1000);
  const signal = ctx.signal
    ? AbortSignal.any([ctx.signal, deadline])
    : deadline;
  try {
    await authorizeInstance({
      permissions: deps.permissions,
      permission: mlflowInstanceCreatePermission,
      resourceRef: instanceResource(ref),
      credentials,
    });
    const record = await platform.records.require(ref.name, signal);
    assertRunOf(ctx.task.id, record);
    await noteStep(platform, record, options.name, signal);
    const result = await work({
      ref,
      record,
      platform,
      credentials,
      step: {
        instance: toInstance(record),
        platform,
        signal,
        log: progress.log,
      },
    });
    await event.success();
    return result;
  } catch (error) {
    const cause = explain(error, { deadline, ...options });
    await settle(platform, ref.name, ctx.task.id, options.name, cause);
    await failEvent(event, cause);
    throw cause;
  } finally {
    progress.stop();
    clearInterval(alive);
  }
}

/** An action of one run must not go on in the instance of another. */
function assertRunOf(taskId: string, { run, spec }: InstanceRecord) {
  if (run.taskId !== taskId) {
    throw new ConflictError(
      `Instance ${spec.platform}/${spec.name} is in the hands of task ${run.taskId}, not of this one. Start with mlflow:instance:claim.`,
    );
  }
}

async function noteStep(
  platform: Platform,
  { spec, run }: InstanceRecord,
  step: string,
  signal: AbortSignal,
) {
  if (run.state !== 'done') {
    await platform.records.update(
      spec.name,
      record => ({
        ...record,
        run: {
          ...record.run,
          state: 'running',
          step,
          message: undefined,
          aliveAt: new Date().toISOString(),
        },
      }),
      signal,
    );
  }
}

/** Best effort: a beat that is missed is followed by another. */
function keepAlive(platform: Platform, name: string, taskId: string) {
  platform.records
    .update(
      name,
      record =>
        record.run.taskId === taskId
          ? {
              ...record,
              run: { ...record.run, aliveAt: new Date().toISOString() },
            }
          : record,
      AbortSignal.timeout(SETTLE_MS),
    )
    .catch(() => {});
}

/** A deadline that passed is told apart from a cancelled task. */
function explain(
  error: unknown,
  options: { deadline: AbortSignal; name: string; deadlineSeconds: number },
): Error {
  if (options.deadline.aborted) {
    return new ServiceUnavailableError(
      `${options.name} was not done within ${options.deadlineSeconds} s. What it made stays; run again to go on from there.`,
      error,
    );
  }
  return error instanceof Error ? error : new Error(stringifyError(error));
}

/** Best effort: the error itself must reach the person in any case. */
async function settle(
  platform: Platform,
  name: string,
  taskId: string,
  step: string,
  cause: Error,
) {
  await platform.records
    .update(
      name,
      record => {
        if (record.run.taskId !== taskId || record.run.state === 'done') {
          return record;
        }
        return {
          ...record,
          run: {
            ...record.run,
            state: 'failed',
            step,
            message: cause.message,
            finishedAt: new Date().toISOString(),
          },
        };
      },
      AbortSignal.timeout(SETTLE_MS),
    )
    .catch(() => {});
}

async function failEvent(event: AuditorServiceEvent, error: Error) {
  await event.fail({ error });
}
