import { LogLine } from 'backstage-plugin-mlflow-common';

/** Lines that a page holds at most; older ones go first. */
export const MAX_LINES = 5000;

/**
 * The lines of a log after newer ones came, oldest first. What was there already
 * does not come twice: the newer ones may begin at the last moment known.
 */
export function mergeLines(before: LogLine[], newer: LogLine[]): LogLine[] {
  const last = before.at(-1)?.time;
  if (last === undefined) {
    return newer.slice(-MAX_LINES);
  }
  const atLast = new Set(
    before.filter(({ time }) => time === last).map(({ text }) => text),
  );
  const fresh = newer.filter(
    ({ time, text }) => time > last || (time === last && !atLast.has(text)),
  );
  return fresh.length === 0 ? before : [...before, ...fresh].slice(-MAX_LINES);
}
