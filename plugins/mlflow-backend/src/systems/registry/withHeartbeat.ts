/** Longest silence, in milliseconds. */
const INTERVAL = 15_000;

/**
 * Passes lines on, and says that something is still going on when none came for
 * 15 seconds.
 *
 * @param what - for example `still building`; the seconds are added
 */
export async function withHeartbeat<T>(
  log: (line: string) => void,
  what: string,
  run: ((log: (line: string) => void) => Promise<T>) | Promise<T>,
): Promise<T> {
  const started = Date.now();
  const timer = setInterval(() => {
    log(`Docker: ${what} (${Math.round((Date.now() - started) / 1000)} s)`);
  }, INTERVAL);
  try {
    return typeof run === 'function'
      ? await run(line => {
          timer.refresh();
          log(line);
        })
      : await run;
  } finally {
    clearInterval(timer);
  }
}
