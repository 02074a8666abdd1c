import { InstanceNames, InstanceSpec } from 'backstage-plugin-mlflow-common';
import { Platform } from '../platform/Platform';
import { Release } from '../releases/Release';

/** An instance as the steps see it: what was asked for and all derived from it. */
export interface Instance {
  /** Made once by the claim; never used again for another instance. */
  id: string;
  /** `<platform id>/<instance id>`, borne by everything that is ours outside. */
  mark: string;
  spec: InstanceSpec;
  names: InstanceNames;
  release: Release;
}

/** The outside system that a step works on. */
export type SystemName =
  | 'Kubernetes'
  | 'Helm'
  | 'PostgreSQL'
  | 'Object store'
  | 'Keycloak'
  | 'Registry'
  | 'Vault'
  | 'MLflow';

/** One line of a plan: an object and what will happen to it. */
export interface Change {
  system: SystemName;
  /** For people, for example `database mlflow_x`. */
  object: string;
  action: 'create' | 'update' | 'keep' | 'conflict';
  /** What differs, what was found, or `known after apply`. Never a secret. */
  detail?: string;
  /**
   * Of a conflict: what bears the name, for example `no mark`. Whoever takes an
   * object over later decides by it.
   */
  found?: string;
  /** Something is lost or out of service by it; absent otherwise. */
  destructive?: true;
  /** Of the object in its system, where the name for people does not tell it. */
  id?: string;
}

/** Stands in a plan for a value that only `apply` finds out. */
export const KNOWN_AFTER_APPLY = 'known after apply';

/** What was seen outside, and what follows from it. */
export interface Plan<Observed> {
  observed: Observed;
  changes: Change[];
}

/** All that a step may use while it runs. */
export interface StepContext {
  instance: Instance;
  platform: Platform;
  /** Aborted when the task is cancelled or its deadline passes. */
  signal: AbortSignal;
  /** One line of progress for the person who watches. Never a secret. */
  log(message: string): void;
}

/** What became of an object that a step was asked to remove. */
export interface Removal {
  system: SystemName;
  object: string;
  result: 'removed' | 'absent' | 'kept';
  /** Why it was kept. */
  detail?: string;
}

/** What a step is asked to remove. */
export interface RemoveOptions {
  /** Whether databases and bucket go or stay. */
  data: 'keep' | 'delete';
  /** Nothing but these objects of the step's plan; all of them when left out. */
  only?: readonly Pick<Change, 'object' | 'id'>[];
}

/** Whether an object is among those that are to be removed. */
export function isWanted({ only }: RemoveOptions, object: string): boolean {
  return !only || only.some(wanted => wanted.object === object);
}

/**
 * One provisioning step over one outside system.
 *
 * - `observe` only reads, and works when nothing exists yet.
 * - `plan` is pure. An object that bears another mark than the instance's, or
 *   none, is a `conflict` with its owner named.
 * - `apply` is idempotent: twice is once, and a crash at any line is repaired by
 *   running it again. What exists already is no error. It looks at the mark of
 *   each object again before it changes it.
 * - `remove` touches only what bears the instance's mark; what is gone already
 *   is no error. With `data: 'keep'` databases and bucket stay.
 */
export interface Step<Observed> {
  readonly name: string;
  observe(ctx: StepContext): Promise<Observed>;
  plan(instance: Instance, observed: Observed): Change[];
  apply(ctx: StepContext, plan: Plan<Observed>): Promise<void>;
  remove(ctx: StepContext, options: RemoveOptions): Promise<Removal[]>;
}
