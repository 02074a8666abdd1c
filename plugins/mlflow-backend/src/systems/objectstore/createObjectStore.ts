import { PlatformConfig } from '../../platform/config';
import { BucketClient, createHttpHandler } from './BucketClient';
import { GivenObjectStore } from './given';
import { IamObjectStore } from './iam';
import { MinioObjectStore } from './minio';
import { ObjectStore } from './ObjectStore';

/** The platform's object store, of the kind that its config names. */
export function createObjectStore({
  objectStore: config,
  ca,
}: Pick<PlatformConfig, 'objectStore' | 'ca'>): ObjectStore {
  const handler = createHttpHandler(ca);
  const buckets = new BucketClient(config, handler);
  switch (config.type) {
    case 'iam':
      return IamObjectStore.fromConfig(config, buckets, handler);
    case 'given':
      return new GivenObjectStore(buckets, config);
    default:
      return MinioObjectStore.fromConfig(config, buckets, ca);
  }
}
