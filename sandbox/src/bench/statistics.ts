/** Seconds of one way from nothing to the first login. */
export interface Timing {
  total: number;
  /** Seconds of each step, in the order of the steps. */
  steps: Record<string, number>;
}

/** Several runs of the same way, in seconds. */
export interface Summary {
  runs: number[];
  median: number;
  /** Median of each step that ran. */
  steps: Record<string, number>;
}

const round = (seconds: number) => Math.round(seconds * 100) / 100;

/** @throws Error without any value */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[half]
    : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * The value that this share of the values does not exceed.
 *
 * @param share - from 0 to 1
 * @throws Error without any value
 */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('Nothing has no percentile');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

/** All figures of some runs, to hundredths of a second. */
export function summarize(timings: readonly Timing[]): Summary {
  const names = [
    ...new Set(timings.flatMap(({ steps }) => Object.keys(steps))),
  ];
  return {
    runs: timings.map(({ total }) => round(total)),
    median: round(median(timings.map(({ total }) => total))),
    steps: Object.fromEntries(
      names.map(name => [
        name,
        round(median(timings.flatMap(({ steps }) => steps[name] ?? []))),
      ]),
    ),
  };
}

/** How much of the original's time ours takes. */
export const ratio = (ours: Summary, original: Summary) =>
  Math.round((ours.median / original.median) * 1000) / 1000;
