/**
 * Channel of the signals plugin on which open pages are told that the status of
 * some instances may have changed.
 *
 * @public
 */
export const MLFLOW_INSTANCES_CHANNEL = 'mlflow:instances';

/**
 * A message on {@link MLFLOW_INSTANCES_CHANNEL}. It goes to everybody, so it says
 * nothing but which pages should look again.
 *
 * @public
 */
// A type, since an interface is no JsonObject.
export type InstancesSignal = {
  /** Ids of instances as their status has them. */
  ids: string[];
};
