import { codeOf } from './errors';

/** What a call gives, or undefined when it fails for one of these reasons. */
export async function unless<T>(
  codes: string[],
  use: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await use();
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) {
      return undefined;
    }
    throw error;
  }
}
