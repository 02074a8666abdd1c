import {
  InstancePhase,
  UnfinishedReason,
} from 'backstage-plugin-mlflow-common';
import { InstanceRecord } from '../../instances/InstanceRecord';

/** A run that has not written to the record for this long has come to a stop. */
const STALLED_AFTER_MS = 5 * 60_000;

/** Where an instance stands, in one word for people and one for programs. */
export interface Verdict {
  phase: InstancePhase;
  reason: string;
  message: string;
}

/** A run that came to a stop, for what reason the page can help with. */
const stopped = (reason: UnfinishedReason, message: string): Verdict => ({
  phase: 'Failed',
  reason,
  message,
});

/** How the last run of an instance stands. */
export function provisioning(
  { run, changedAt, provisionedAt }: InstanceRecord,
  now: Date,
): Verdict {
  const step = run.step ? `Step ${run.step}` : 'The run';
  if (run.state === 'failed') {
    return stopped(
      'StepFailed',
      `${step} failed. ${run.message ?? 'The log of the task says why.'}`,
    );
  }
  if (run.state === 'undone' && provisionedAt) {
    return {
      phase: 'Ready',
      reason: 'RepairUndone',
      message: `The last run was undone; what was there before it stays. ${
        run.message ?? ''
      }`.trim(),
    };
  }
  if (run.state === 'undone') {
    return stopped(
      'Undone',
      `The run was undone. ${run.message ?? 'Nothing of it is left.'}`,
    );
  }
  if (run.state === 'undoing' && run.message) {
    return stopped(
      'UndoFailed',
      `The undo did not come to its end. ${run.message}`,
    );
  }
  if (run.state === 'done') {
    return {
      phase: 'Ready',
      reason: 'Provisioned',
      message: 'All steps are done.',
    };
  }
  const silentMs = now.getTime() - Date.parse(changedAt);
  if (silentMs > STALLED_AFTER_MS) {
    return stopped(
      'RunStalled',
      `${step} has said nothing for ${Math.round(
        silentMs / 60_000,
      )} minutes. Cancel its task if it still runs; then continue the run, or undo it.`,
    );
  }
  return {
    phase: 'Progressing',
    reason: 'Provisioning',
    message: run.step ? `Step ${run.step} is running.` : 'The run has begun.',
  };
}
