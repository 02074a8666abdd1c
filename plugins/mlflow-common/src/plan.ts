/**
 * What a plan can hold for an object.
 *
 * @public
 */
export const PLAN_ACTIONS = ['create', 'update', 'keep', 'conflict'] as const;

/** @public */
export type PlanAction = (typeof PLAN_ACTIONS)[number];

/**
 * One line of a plan: an object outside, and what will happen to it.
 *
 * @public
 */
export interface PlanChange {
  /** For people, for example `PostgreSQL`. */
  system: string;
  /** For people, for example `database mlflow_x`. */
  object: string;
  action: PlanAction;
  /** What differs, what was found, or `known after apply`. Never a secret. */
  detail?: string;
  /** Of a conflict: what bears the name, for example `no mark`. */
  found?: string;
  /** Something is lost or out of service by it. */
  destructive?: boolean;
}

/**
 * What one step of the template will do.
 *
 * @public
 */
export interface PlanStep {
  /** For programs, for example `database`. */
  step: string;
  /** For people, for example `Make the databases`. */
  title: string;
  /** The system that was asked. */
  system: string;
  changes: PlanChange[];
  /** Sentence why the step could not be planned; there are no changes then. */
  problem?: string;
}

/**
 * What a run of the template would do at this moment.
 *
 * @public
 */
export interface InstancePlan {
  /** `<platform>/<name>` */
  instance: string;
  /** Whether it is an instance of the caller's own that exists already. */
  exists: boolean;
  /**
   * Sha256, in hex, over settings, conflicts and destructive changes: the same
   * as long as nothing that matters changes.
   */
  digest: string;
  counts: Record<PlanAction, number>;
  /** In the order of the template. */
  steps: PlanStep[];
  /** What keeps the run from being started. */
  conflicts: PlanChange[];
  /** Sentences on what one ought to know before. */
  warnings: string[];
}
