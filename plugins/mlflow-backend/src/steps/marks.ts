import { ConflictError } from '@backstage/errors';
import { Change, SystemName } from './Step';

/** How an object that is not the instance's is named in a plan. */
export function foreign(
  system: SystemName,
  object: string,
  mark: string | undefined,
): Change {
  return {
    system,
    object,
    action: 'conflict',
    detail: ownerOf(mark),
    found: foundMark(mark),
  };
}

/** What a conflict says that it found on an object. */
export function foundMark(mark: string | undefined): string {
  return mark ? `mark ${mark}` : 'no mark';
}

/** The plan with its conflicts in place of what they stand in the way of. */
export function withConflicts(
  changes: Change[],
  conflicts: Change[] = [],
): Change[] {
  const inTheWay = ({ system, object }: Change) =>
    conflicts.some(c => c.system === system && c.object === object);
  return [...changes.filter(change => !inTheWay(change)), ...conflicts];
}

/** `update` with what differs, or `keep` when nothing does. */
export function updateOrKeep(
  system: SystemName,
  object: string,
  differences: string[],
): Change {
  return differences.length > 0
    ? { system, object, action: 'update', detail: differences.join('; ') }
    : { system, object, action: 'keep' };
}

/**
 * Stops before an object of another owner is changed.
 *
 * @throws ConflictError when the mark is not the instance's
 */
export function assertMark(
  system: SystemName,
  object: string,
  found: string | undefined,
  wanted: string,
): void {
  if (found !== wanted) {
    throw new ConflictError(
      `${system}: ${object} is not this instance's (${ownerOf(
        found,
      )}). Nothing was changed. Choose another name, or have its owner remove it.`,
    );
  }
}

function ownerOf(mark: string | undefined): string {
  return mark
    ? `belongs to ${mark}`
    : 'was made by somebody else: it bears no mark';
}
