import { Platform } from '../platform/Platform';
import {
  assertPlatformIdentity,
  findPlatformIdentity,
} from '../platform/platformIdentity';

/**
 * Every action that changes something of an instance calls this before it does.
 * A copied platform is read-only until an admin has said what it is.
 *
 * @throws ConflictError when the platform is a copy, has lost its identity, or
 * has another one than the record
 */
export async function assertWritable(
  {
    records,
    kubernetes,
    config,
  }: Pick<Platform, 'records' | 'kubernetes' | 'config'>,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const { namespace } = config.kubernetes;
  const record = await records.get(name, signal);
  if (record) {
    const { platformId } = record;
    await assertPlatformIdentity(kubernetes, namespace, platformId, signal);
  } else {
    await findPlatformIdentity(kubernetes, namespace, signal);
  }
}
