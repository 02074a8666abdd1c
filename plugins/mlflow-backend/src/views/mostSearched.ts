/**
 * Lines of a log that are gone through at most, from the end: a day of probes of
 * a quiet server, and about as much as a node keeps.
 */
export const MOST_SEARCHED = 100_000;
