/**
 * Reasons of a status that stand for a run which came to a stop: it can be
 * continued or undone.
 *
 * @public
 */
export const UNFINISHED_REASONS = [
  'StepFailed',
  'RunStalled',
  'UndoFailed',
  'Undone',
] as const;

/** @public */
export type UnfinishedReason = (typeof UNFINISHED_REASONS)[number];

/**
 * Whether a status says that a run came to a stop.
 *
 * @public
 */
export function isUnfinished({ reason }: { reason: string }): boolean {
  return UNFINISHED_REASONS.some(unfinished => unfinished === reason);
}
