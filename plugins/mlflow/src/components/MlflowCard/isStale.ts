/**
 * The cluster is heard of each minute at least; the rest is for clocks that
 * differ.
 */
const FRESH_MS = 75_000;

/**
 * Whether what is shown may be no more.
 *
 * @param observedAt - ISO 8601
 * @param now - milliseconds since the epoch
 */
export const isStale = (observedAt: string, now: number): boolean =>
  now - Date.parse(observedAt) > FRESH_MS;
