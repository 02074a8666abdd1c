import { ConflictError } from '@backstage/errors';
import { InstanceRecord, InstanceRun } from './InstanceRecord';

/**
 * An action of one run must not go on in the instance of another, nor in a run
 * that was undone: a retry would skip the steps that the undo took back, and end
 * without them.
 *
 * @throws ConflictError
 */
export function assertGoesOn(
  { run, spec }: InstanceRecord,
  taskId: string,
): void {
  if (run.taskId !== taskId) {
    throw new ConflictError(
      `Instance ${spec.platform}/${spec.name} is in the hands of task ${run.taskId}, not of this one. Start with mlflow:instance:claim.`,
    );
  }
  if (run.state === 'undoing' || run.state === 'undone') {
    throw new ConflictError(
      `What this run had made of instance ${spec.platform}/${spec.name} was undone. Start a new run from the template.`,
    );
  }
}

/** The first moment of a run. */
export function startedRun(taskId: string): InstanceRun {
  const now = new Date().toISOString();
  return {
    taskId,
    action: 'create',
    state: 'running',
    step: 'claim',
    startedAt: now,
    aliveAt: now,
  };
}

/** A step begins. A run that is done stays so when one of its steps runs again. */
export function atStep(record: InstanceRecord, step: string): InstanceRecord {
  return record.run.state === 'done'
    ? record
    : withRun(record, {
        state: 'running',
        step,
        message: undefined,
        aliveAt: new Date().toISOString(),
      });
}

/** The run shows that it is at work. */
export function alive(record: InstanceRecord, taskId: string): InstanceRecord {
  return record.run.taskId === taskId
    ? withRun(record, { aliveAt: new Date().toISOString() })
    : record;
}

/** A step failed; a run that was undone or done stays so. */
export function failedAt(
  record: InstanceRecord,
  taskId: string,
  step: string,
  message: string,
): InstanceRecord {
  const { run } = record;
  const over = run.state === 'done' || run.state === 'undone';
  if (run.taskId !== taskId || over) {
    return record;
  }
  return withRun(record, {
    state: run.state === 'undoing' ? 'undoing' : 'failed',
    step,
    message,
    finishedAt: new Date().toISOString(),
  });
}

/** The instance is complete. */
export function done(record: InstanceRecord): InstanceRecord {
  const now = new Date().toISOString();
  return {
    ...withRun(record, {
      state: 'done',
      step: undefined,
      message: undefined,
      finishedAt: now,
    }),
    provisionedAt: now,
  };
}

/** From here on nothing of the run may go on. */
export function undoing(
  record: InstanceRecord,
  taskId: string,
): InstanceRecord {
  return withRun(record, {
    taskId,
    state: 'undoing',
    step: 'undo',
    message: undefined,
    aliveAt: new Date().toISOString(),
  });
}

/** @param left - what is left and why, for people */
export function undone(record: InstanceRecord, left: string[]): InstanceRecord {
  return withRun(record, {
    state: 'undone',
    step: 'undo',
    message: left.length > 0 ? `Left: ${left.join('; ')}.` : undefined,
    finishedAt: new Date().toISOString(),
  });
}

function withRun(
  record: InstanceRecord,
  run: Partial<InstanceRun>,
): InstanceRecord {
  return { ...record, run: { ...record.run, ...run } };
}
