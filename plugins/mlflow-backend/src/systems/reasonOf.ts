import { isError } from '@backstage/errors';

/**
 * Why there was no answer, in a few words. `fetch failed` says nothing, but its
 * cause does; a refused connection to several addresses has a code alone.
 */
export function reasonOf(error: unknown): string {
  if (!isError(error)) {
    return 'unknown reason';
  }
  if (isError(error.cause)) {
    return reasonOf(error.cause);
  }
  const code = typeof error.code === 'string' ? error.code : error.name;
  return (error.message || code)
    .split('\n')[0]
    .replace(/^AWS SDK error wrapper for \w+: /, '')
    .replace(/; if the root CA is installed locally.*$/, '');
}
