/**
 * ISO 8601 of a moment as Kubernetes gives it: a date where the library read it,
 * and a text where a watch brought it.
 */
export function isoTime(time: Date | string): string;
export function isoTime(time: Date | string | undefined): string | undefined;
export function isoTime(time: Date | string | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
