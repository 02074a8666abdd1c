/** A key pair of the S3 API. Never log it. */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** What belongs together: one bucket, and one user who reaches it alone. */
export interface BucketTarget {
  bucket: string;
  user: string;
  /** Whose it is. */
  mark: string;
  /** Most that the bucket may hold, in bytes. */
  bytes: number;
}

/** A bucket as the store describes it. */
export interface BucketState {
  mark?: string;
  empty: boolean;
  /** Whether people without any key may use it. */
  open: boolean;
  /** Bytes; undefined without limit, or where the store has none. */
  limit?: number;
}

/** What lies in a bucket. */
export interface BucketUsage {
  /** Undefined where it is too much to count and the store does not. */
  bytes?: number;
  objects?: number;
}

/** A user and its rights as the store describes them. */
export interface AccessState {
  mark?: string;
  /** What is wrong with the rights, for people; empty when nothing is. */
  differences: string[];
}

/** Buckets and the keys to them, on whatever store. */
export interface ObjectStore {
  readonly type: 'minio' | 'iam' | 'given';
  /** Whether the store can limit the size of a bucket. */
  readonly limitsSize: boolean;

  /** The bucket, or undefined when it does not exist. */
  readBucket(
    target: BucketTarget,
    signal: AbortSignal,
  ): Promise<BucketState | undefined>;

  /**
   * What lies in the bucket: counted as long as that takes few requests, beyond
   * that as the store counted last, if it does. None when it does not exist.
   */
  readUsage(bucket: string, signal: AbortSignal): Promise<BucketUsage>;

  /** User and rights, or undefined when neither exists. */
  readAccess(
    target: BucketTarget,
    signal: AbortSignal,
  ): Promise<AccessState | undefined>;

  /** Whether a key is let in, found by listing the bucket with it. */
  accepts(
    bucket: string,
    key: AccessKey,
    signal: AbortSignal,
  ): Promise<boolean>;

  /**
   * Marks the name as ours where users and rights are kept, before there is a
   * bucket: from then on an unmarked empty bucket is known as half made.
   */
  claim(target: BucketTarget, signal: AbortSignal): Promise<void>;

  /** Makes the bucket; that it exists already is no error. */
  createBucket(target: BucketTarget, signal: AbortSignal): Promise<void>;

  /** Marks the bucket, limits its size and closes it to people without a key. */
  secureBucket(target: BucketTarget, signal: AbortSignal): Promise<void>;

  /**
   * Gives the user exactly the rights on the bucket, and a key that works.
   *
   * @param held - key that the instance has; kept when it works
   * @param save - called with a new key before anything depends on it
   */
  grant(
    target: BucketTarget,
    held: AccessKey | undefined,
    save: (key: AccessKey) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;

  /** Removes all objects, in every version, and the bucket. */
  deleteBucket(bucket: string, signal: AbortSignal): Promise<void>;

  /** Removes keys, rights and user. */
  revoke(target: BucketTarget, signal: AbortSignal): Promise<void>;

  /** Ends all connections. */
  close(): Promise<void>;
}
