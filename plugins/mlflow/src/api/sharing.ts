/**
 * Lets callers that ask the same while the first answer is still on its way
 * share it: the card and both links of one page ask at the same moment.
 * Nothing is kept once the answer is there.
 */
export function sharing<T>(
  ask: (key: string) => Promise<T>,
): (key: string) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return key => {
    const shared = underWay.get(key);
    if (shared) {
      return shared;
    }
    const answer = ask(key).finally(() => underWay.delete(key));
    underWay.set(key, answer);
    return answer;
  };
}
