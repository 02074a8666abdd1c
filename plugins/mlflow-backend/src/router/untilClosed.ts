/** Nobody asks the systems on behalf of a page that was left. */
export function untilClosed(res: {
  once(event: 'close', listener: () => void): unknown;
}): AbortSignal {
  const closed = new AbortController();
  res.once('close', () => closed.abort());
  return closed.signal;
}
