import { BucketClient } from './BucketClient';
import { BucketUsage } from './ObjectStore';

/** Pages of 1,000 objects that are listed to count what lies in a bucket. */
const MOST_PAGES = 10;

/** Counts by listing; nothing is said of a bucket with more than 10,000 objects. */
export async function countObjects(
  buckets: Pick<BucketClient, 'page'>,
  bucket: string,
  signal: AbortSignal,
): Promise<BucketUsage> {
  let bytes = 0;
  let objects = 0;
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await buckets.page(bucket, after, signal);
    bytes += (page?.sizes ?? []).reduce((sum, size) => sum + size, 0);
    objects += page?.sizes.length ?? 0;
    after = page?.next;
    if (!after) {
      return { bytes, objects };
    }
  }
  return {};
}
