import {
  objectStore,
  S3_ENDPOINT,
} from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

/** What can exist of an instance in MinIO, and how it is asked for. */
const OBJECTS: [string, (name: string) => string][] = [
  ['bucket', name => `/${name}`],
  ['user', name => `/minio/admin/v3/user-info?accessKey=${name}`],
  ['policy', name => `/minio/admin/v3/info-canned-policy?name=${name}`],
];

/**
 * Bucket, user and policy; their names are fixed by the instance's, so there
 * can be none twice.
 *
 * @throws Error when MinIO answers neither yes nor no
 */
export async function objectStoreObjects(
  context: Context,
  name: string,
): Promise<string[]> {
  const base = `mlflow-${name}`;
  const found: string[] = [];
  for (const [kind, path] of OBJECTS) {
    const status = await objectStore(context, 'GET', path(base));
    if (status === 200) {
      found.push(`object store ${kind} ${base}`);
    } else if (status !== 404) {
      throw new Error(`${S3_ENDPOINT} answered ${status} for ${kind} ${base}`);
    }
  }
  return found;
}
