import { SIZES } from 'backstage-plugin-mlflow-common';
import {
  AccessState,
  BucketState,
  BucketTarget,
} from '../systems/objectstore/ObjectStore';
import { foreign, updateOrKeep, withConflicts } from './marks';
import { Change, Instance } from './Step';

/** What is there of an instance on the object store. Holds no secret. */
export interface BucketObserved {
  /** Whether the store can limit the size of a bucket. */
  limitsSize: boolean;
  bucket?: BucketState;
  access?: AccessState;
  /** Whether the store lets the key of the secret in. */
  key: 'missing' | 'refused' | 'accepted';
  /** The secret of that name that is not the instance's. */
  foreignSecrets?: Change[];
}

/** What the instance's bucket and user are called, and what they get. */
export function bucketTarget({ names, mark, spec }: Instance): BucketTarget {
  return {
    bucket: names.bucket,
    user: names.bucketUser,
    mark,
    bytes: SIZES[spec.size].bucketBytes,
  };
}

/** What the step will do about bucket, user and secret. */
export function planBucketStep(
  instance: Instance,
  observed: BucketObserved,
): Change[] {
  const changes: Change[] = [
    planBucket(instance, observed),
    planUser(instance, observed),
    {
      system: 'Kubernetes',
      object: `secret ${instance.names.secrets.objectStore}`,
      ...(observed.key === 'missing'
        ? { action: 'create', detail: 'key of the user' }
        : { action: 'keep' }),
    },
  ];
  return withConflicts(changes, observed.foreignSecrets);
}

/**
 * Whether a bucket is the instance's. Between its making and its marking it is
 * empty, and user or policy of its name bear the mark already.
 */
export function isOurBucket(
  instance: Instance,
  access: Pick<AccessState, 'mark'> | undefined,
  bucket: BucketState,
): boolean {
  const halfMade =
    bucket.mark === undefined && bucket.empty && access?.mark === instance.mark;
  return bucket.mark === instance.mark || halfMade;
}

/** In what a bucket differs from what it should be, for people. */
export function bucketDifferences(
  { mark, bytes }: BucketTarget,
  limitsSize: boolean,
  bucket: BucketState,
): string[] {
  return [
    ...(bucket.mark === mark ? [] : ['has no mark yet']),
    ...(bucket.open ? ['is open to people without a key'] : []),
    ...(!limitsSize || bucket.limit === bytes
      ? []
      : [`may hold ${size(bucket.limit)}, not ${size(bytes)}`]),
  ];
}

function planBucket(instance: Instance, observed: BucketObserved): Change {
  const system = 'Object store';
  const object = `bucket ${instance.names.bucket}`;
  const { bucket, access, limitsSize } = observed;
  if (!bucket) {
    return { system, object, action: 'create' };
  }
  if (!isOurBucket(instance, access, bucket)) {
    return foreign(system, object, bucket.mark);
  }
  return updateOrKeep(
    system,
    object,
    bucketDifferences(bucketTarget(instance), limitsSize, bucket),
  );
}

function planUser(instance: Instance, { access, key }: BucketObserved): Change {
  const system = 'Object store';
  const object = `user ${instance.names.bucketUser}`;
  if (!access) {
    return { system, object, action: 'create' };
  }
  if (access.mark !== instance.mark) {
    return foreign(system, object, access.mark);
  }
  return updateOrKeep(system, object, [
    ...access.differences,
    ...(key === 'refused' ? ['does not take the key of the secret'] : []),
  ]);
}

function size(bytes: number | undefined): string {
  return bytes === undefined ? 'anything' : `${bytes / 1024 ** 3} GiB`;
}
