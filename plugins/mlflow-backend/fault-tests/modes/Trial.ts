import type { PortalUser } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import type { Census } from '../census/census.ts';
import type { Lane } from '../lane/Lane.ts';
import type { Point } from '../proxies/Recorder.ts';

/** What one point is tried with. */
export interface Trial {
  context: Context;
  lane: Lane;
  user: PortalUser;
  /** Name of an instance that nobody else has. */
  instance: string;
  /** The version line, where it is not the usual one. */
  line?: string;
  point: Point;
  /** What exists of an instance after a run without a fault. */
  complete: Census;
}

/** What came of it: nothing wrong, or what is. */
export interface Verdict {
  /** Empty when all is as it must be. */
  faults: string[];
  /** Seconds of what was measured besides, for the table. */
  seconds: Record<string, number>;
  /** Seen, and no fault by itself. */
  notes?: string[];
}

/** One way to disturb a run, and what must hold afterwards. */
export type Mode = (trial: Trial) => Promise<Verdict>;

/** The longest that a run may take, with the wait for a Lease and for the recovery. */
export const RUN_MS = 240_000;

/** Seconds since a moment of `performance.now()`. */
export const since = (begin: number) =>
  Math.round((performance.now() - begin) / 100) / 10;
