import type { Point } from './proxies/Recorder.ts';

/** What a run of the harness does at its points. */
export type ModeName = 'kill' | 'cancel' | 'refuse' | 'undo';

/**
 * Every point of a run: a kill can come before and after a mutation, a refusal
 * only in its place, and a cancel while the system is asked.
 */
export function pointsOf(mutations: string[], mode: ModeName): Point[] {
  const moments =
    mode === 'kill' || mode === 'undo'
      ? (['before', 'after'] as const)
      : (['before'] as const);
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

const divisor = (a: number, b: number): number =>
  b === 0 ? a : divisor(b, a % b);

/** In an order that goes over the whole again and again, so that a run that is cut has tried some of all. */
export function spread<T>(items: T[]): T[] {
  let step = Math.max(1, Math.round(items.length * 0.618));
  while (divisor(step, items.length) > 1) step++;
  return items.map((_, index) => items[(index * step) % items.length]);
}
