import { Holdings } from 'backstage-plugin-mlflow-common';
import { Instance } from '../steps/Step';
import {
  BucketState,
  BucketUsage,
  ObjectStore,
} from '../systems/objectstore/ObjectStore';
import { bucketTarget } from '../steps/bucketPlan';
import { notTheInstances } from './notTheInstances';

/** Reads what lies in the bucket of an instance. */
export async function readBucketHeld(
  store: ObjectStore,
  instance: Instance,
  signal: AbortSignal,
): Promise<Holdings['bucket']> {
  const target = bucketTarget(instance);
  const state = await store.readBucket(target, signal);
  const usage =
    state?.mark === instance.mark
      ? await store.readUsage(target.bucket, signal)
      : {};
  return bucketHeld(instance, state, usage);
}

/** What is shown of a bucket. */
export function bucketHeld(
  { mark, names: { bucket } }: Pick<Instance, 'mark' | 'names'>,
  state: BucketState | undefined,
  { bytes, objects }: BucketUsage,
): Holdings['bucket'] {
  if (!state) {
    return {
      problem: `Object store: bucket ${bucket} does not exist. Retry the task that made the instance.`,
    };
  }
  if (state.mark !== mark) {
    return notTheInstances('Object store', `bucket ${bucket}`);
  }
  return {
    name: bucket,
    ...(bytes !== undefined && { bytes }),
    ...(objects !== undefined && { objects }),
    ...(state.limit !== undefined && { limitBytes: state.limit }),
  };
}
