/**
 * `Promise.all` that waits for every promise even when one fails, so that no
 * change runs on behind the back of whoever handles the failure. Of several
 * failures it throws the first in the order given, whichever came first in time.
 */
export async function settled<T extends readonly unknown[] | []>(
  promises: T,
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
