import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import {
  InstanceReference,
  mlflowInstanceCreatePermission,
  parseInstanceReference,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { InstanceRecord } from '../instances/InstanceRecord';
import { withIntent } from '../instances/made';
import { assertGoesOn, atStep } from '../instances/runPhase';
import { toInstance } from '../instances/toInstance';
import { authorizeInstance, instanceResource } from '../permissions';
import { Platform } from '../platform/Platform';
import { runStep } from '../steps/runStep';
import { Change, Step, StepContext } from '../steps/Step';
import { quoted } from '../systems/quoted';
import { atWork, settle } from './atWork';
import { audited } from './audited';
import { ActionDependencies } from './dependencies';

/** What an action on an existing instance works with. */
export interface InstanceActionContext {
  ref: InstanceReference;
  record: InstanceRecord;
  platform: Platform;
  credentials: BackstageCredentials;
  step: StepContext;
  /**
   * Runs a step, with what it will make written down in the record before.
   *
   * @param allow - throws when the initiator may not make these changes
   */
  run<Observed>(
    step: Step<Observed>,
    allow?: (changes: Change[]) => Promise<void>,
  ): Promise<Change[]>;
}

/** @throws InputError when the text is no reference */
export function requireReference(text: string): InstanceReference {
  const ref = parseInstanceReference(text);
  if (!ref) {
    throw new InputError(
      `${quoted(
        text,
      )} is no instance; take the output "instance" of mlflow:instance:claim.`,
    );
  }
  return ref;
}

/**
 * Runs the work of an action on a claimed instance: as the initiator and with
 * the initiator's rights, as the only writer, within a deadline, and audited.
 */
export async function withInstance<T>(
  deps: ActionDependencies,
  ctx: Pick<
    ActionContext<{ instance: string }>,
    'input' | 'logger' | 'task' | 'user' | 'signal' | 'getInitiatorCredentials'
  >,
  options: {
    action: string;
    name: string;
    deadlineSeconds: number;
    last?: boolean;
  },
  work: (context: InstanceActionContext) => Promise<T>,
): Promise<T> {
  const ref = requireReference(ctx.input.instance);
  const platform = deps.platforms.get(ref.platform);
  const credentials = await ctx.getInitiatorCredentials();
  const instance = stringifyInstanceReference(ref);
  return audited(deps, ctx, { action: options.action, instance }, async () => {
    await authorizeInstance({
      permissions: deps.permissions,
      permission: mlflowInstanceCreatePermission,
      resourceRef: instanceResource(ref),
      credentials,
    }).catch(async error => {
      await settle(platform, ref, ctx.task.id, options.name, error);
      throw error;
    });
    return atWork(ctx, { ref, platform, ...options }, async at => {
      const taskId = ctx.task.id;
      await requireRecorded(platform, ref, at.signal);
      const record = await platform.records.update(
        ref.name,
        current => {
          assertGoesOn(current, taskId);
          return atStep(current, options.name);
        },
        at.signal,
      );
      const step = { instance: toInstance(record), platform, ...at };
      const run: InstanceActionContext['run'] = (wanted, allow) =>
        runStep(wanted, step, async changes => {
          await allow?.(changes);
          if (changes.some(({ action }) => action === 'create')) {
            await platform.records.update(
              ref.name,
              current => withIntent(current, wanted.name, taskId, changes),
              at.signal,
            );
          }
        });
      return work({ ref, record, platform, credentials, step, run });
    });
  });
}

/** A retry of a run that was undone comes here without a claim. */
async function requireRecorded(
  platform: Platform,
  ref: InstanceReference,
  signal: AbortSignal,
) {
  if (!(await platform.records.get(ref.name, signal))) {
    throw new NotFoundError(
      `Instance ${stringifyInstanceReference(
        ref,
      )} is not recorded: it was undone or removed, or never claimed. Start a new run from the template.`,
    );
  }
}
