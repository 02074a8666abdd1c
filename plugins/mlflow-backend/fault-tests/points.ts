import type { Point } from './proxies/Recorder.ts';

/** What a run of the harness does at its points. */
export type ModeName = 'kill' | 'cancel' | 'refuse';

/**
 * Every point of a run: a kill can come before and after a mutation, a refusal
 * only in its place, and a cancel while the system is asked.
 */
export function pointsOf(mutations: string[], mode: ModeName): Point[] {
  const moments =
    mode === 'kill' ? (['before', 'after'] as const) : (['before'] as const);
  return mutations.flatMap(mutation =>
    moments.map(moment => ({ mutation, moment })),
  );
}

/** `count` of the points, evenly over the run and the same each time. */
export function sample<T>(points: T[], count: number): T[] {
  if (count >= points.length) return points;
  const step = points.length / count;
  return Array.from(
    { length: count },
    (_, index) => points[Math.floor((index + 0.5) * step)],
  );
}
