import {
  CustomErrorBase,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { InstanceReference } from 'backstage-plugin-mlflow-common';
import { JsonObject } from '@backstage/types';
import { assertWritable } from '../instances/assertWritable';
import { alive, failedAt } from '../instances/runPhase';
import { Platform } from '../platform/Platform';
import { createProgress } from './progress';

/** The person who started the task has cancelled it. */
class AbortedError extends CustomErrorBase {
  name = 'AbortedError' as const;
}

/** How often a long action shows in the record that it is at work. */
const ALIVE_MS = 30_000;

/** How long the record of a failure may take to write. */
const SETTLE_MS = 10_000;

/** How an action holds an instance. */
export interface Work {
  ref: InstanceReference;
  platform: Platform;
  /** Of the step, for people. */
  name: string;
  deadlineSeconds: number;
  /** Whether the run ends with it, and others may work on the instance. */
  last?: boolean;
}

/** What work on an instance gets. */
export interface AtWork {
  /** Aborted on cancel, at the deadline, and when the instance's Lease is lost. */
  signal: AbortSignal;
  log(message: string): void;
}

/**
 * Works on an instance as its only writer, within a deadline, with lines of
 * progress, and writes a failure into the record, where the page finds it.
 */
export async function atWork<T>(
  ctx: Pick<ActionContext<JsonObject>, 'logger' | 'task' | 'signal'>,
  { ref, platform, name, deadlineSeconds, last }: Work,
  work: (at: AtWork) => Promise<T>,
): Promise<T> {
  const taskId = ctx.task.id;
  const { log, stop } = createProgress(ctx.logger, name);
  const deadline = AbortSignal.timeout(deadlineSeconds * 1000);
  const wait = {
    signal: ctx.signal ? AbortSignal.any([ctx.signal, deadline]) : deadline,
    log,
  };
  const beat = setInterval(() => keepAlive(platform, ref, taskId), ALIVE_MS);
  const explained = (error: unknown) =>
    explain(error, name, {
      cancelled: ctx.signal?.aborted ?? false,
      deadline: deadline.aborted ? deadlineSeconds : undefined,
    });
  try {
    await assertWritable(platform, ref.name, wait.signal);
    const result = await platform.leases.hold(
      ref.name,
      taskId,
      wait,
      async signal => {
        try {
          return await work({ signal, log });
        } catch (error) {
          // Before the Lease is let go: the next one must not be called failed.
          await settle(platform, ref, taskId, name, explained(error));
          throw error;
        }
      },
    );
    if (last) {
      await platform.leases.release(ref.name, taskId);
    }
    return result;
  } catch (error) {
    throw explained(error);
  } finally {
    stop();
    clearInterval(beat);
  }
}

/** Best effort: a beat that is missed is followed by another. */
function keepAlive(platform: Platform, ref: InstanceReference, taskId: string) {
  platform.records
    .update(
      ref.name,
      record => alive(record, taskId),
      AbortSignal.timeout(SETTLE_MS),
    )
    .catch(() => {});
}

/** A cancelled task and a deadline that passed tell more than what they cut. */
function explain(
  error: unknown,
  name: string,
  cut: { cancelled: boolean; deadline?: number },
): Error {
  if (cut.cancelled) {
    return new AbortedError(
      `The task was cancelled during ${name}. What it made stays: continue the run, or undo it.`,
    );
  }
  if (cut.deadline !== undefined) {
    return new ServiceUnavailableError(
      `${name} was not done within ${cut.deadline} s. What it made stays; run again to go on from there.`,
      error,
    );
  }
  return error instanceof Error ? error : new Error(stringifyError(error));
}

/**
 * Writes a failure of a step into the record of its own run. Best effort: the
 * error itself must reach the person in any case.
 */
export async function settle(
  platform: Platform,
  ref: InstanceReference,
  taskId: string,
  step: string,
  cause: Error,
) {
  await platform.records
    .update(
      ref.name,
      record => failedAt(record, taskId, step, cause.message),
      AbortSignal.timeout(SETTLE_MS),
    )
    .catch(() => {});
}
