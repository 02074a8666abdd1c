import { Change } from '../steps/Step';
import { InstanceRecord, MadeObject } from './InstanceRecord';

type MadeIdentity = Pick<MadeObject, 'step' | 'object'>;

/** Name of the step under which the record itself is written down. */
export const CLAIM_STEP = 'claim';

/** How the record is called among what was made. */
export const RECORD = 'record of the instance';

/** The record with what a step of a task is about to make. */
export function withIntent(
  record: InstanceRecord,
  step: string,
  taskId: string,
  changes: Change[],
): InstanceRecord {
  const at = new Date().toISOString();
  const made = changes
    .filter(({ action }) => action === 'create')
    .map(
      ({ system, object, id }): MadeObject => ({
        system,
        object,
        ...(id && { id }),
        step,
        taskId,
        at,
      }),
    );
  const kept = record.made.filter(
    known => !made.some(intent => isSame(intent, known)),
  );
  return { ...record, made: [...kept, ...made] };
}

/** The record without objects of a step that are gone. */
export function withoutMade(
  record: InstanceRecord,
  gone: MadeIdentity[],
): InstanceRecord {
  return {
    ...record,
    made: record.made.filter(
      known => !gone.some(object => isSame(object, known)),
    ),
  };
}

/** What one task made. */
export function madeByTask(
  { made }: InstanceRecord,
  taskId: string,
): MadeObject[] {
  return made.filter(object => object.taskId === taskId);
}

/** What was made since the instance was last complete, in whatever task. */
export function madeSinceComplete({
  made,
  provisionedAt,
}: InstanceRecord): MadeObject[] {
  return made.filter(({ at }) => !provisionedAt || at > provisionedAt);
}

function isSame(one: MadeIdentity, other: MadeIdentity): boolean {
  return one.step === other.step && one.object === other.object;
}
