import { InstanceRecord } from './InstanceRecord';

/** A run that has not shown itself for this long was cut off, whatever it says. */
const SILENT_MS = 90_000;

/** Whether an instance waits for somebody to go on with it. */
export function isUnfinished({ run }: InstanceRecord, now: Date): boolean {
  switch (run.state) {
    case 'done':
      return false;
    case 'failed':
    case 'undone':
      return true;
    default:
      return (
        now.getTime() - Date.parse(run.aliveAt ?? run.startedAt) > SILENT_MS
      );
  }
}
