/**
 * A cluster that is there is heard of each 75 s at least, and a page asks each
 * 30 s; the rest is for clocks that differ.
 */
const FRESH_MS = 150_000;

/**
 * Whether what is shown may be no more.
 *
 * @param observedAt - ISO 8601
 * @param now - milliseconds since the epoch
 */
export const isStale = (observedAt: string, now: number): boolean =>
  now - Date.parse(observedAt) > FRESH_MS;
