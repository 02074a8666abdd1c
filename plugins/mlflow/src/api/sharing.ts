/**
 * Lets callers that ask while the first answer is still on its way share it:
 * several fields of one form ask for the platforms at the same moment. Nothing
 * is kept once the answer is there.
 */
export function sharing<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= ask().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
