import { InstanceSpec } from 'backstage-plugin-mlflow-common';
import { SystemName } from '../steps/Step';

/** The latest piece of work on an instance, and how it stands. */
export interface InstanceRun {
  /** Scaffolder task that does the work. */
  taskId: string;
  action: 'create';
  /** `undone` stays only where something of it could not be removed. */
  state: 'running' | 'failed' | 'done' | 'undoing' | 'undone';
  /** Step that runs, or that failed. */
  step?: string;
  /** Why it failed and what to do, for people. */
  message?: string;
  /** ISO 8601 */
  startedAt: string;
  /** ISO 8601; renewed while an action of the run works. */
  aliveAt?: string;
  /** ISO 8601 */
  finishedAt?: string;
}

/**
 * An outside object that a step made, and in which task. It is written down
 * before it is made, so that nothing is made that an undo would not know.
 */
export interface MadeObject {
  system: SystemName;
  object: string;
  /** Of the object in its system, where its name does not tell it. */
  id?: string;
  step: string;
  taskId: string;
  /** ISO 8601 */
  at: string;
}

/**
 * What is known of one instance: the truth for every portal and replica. It
 * never holds a secret, and it is never an authority over outside objects:
 * those are asked for their own mark.
 */
export interface InstanceRecord {
  /** Made once by the claim; no later instance of the same name gets it again. */
  id: string;
  /** Identity of the platform whose mark the outside objects bear. */
  platformId: string;
  spec: InstanceSpec;
  /** Grows with each change of the spec. */
  generation: number;
  /** Entity reference of the user who claimed it. */
  createdBy: string;
  /** ISO 8601 */
  createdAt: string;
  /** ISO 8601 */
  changedAt: string;
  run: InstanceRun;
  made: MadeObject[];
  /** When a run was last done; ISO 8601. What was made before then stays. */
  provisionedAt?: string;
}
