/** Milliseconds as `12.3s`, in six columns. */
export const elapsed = (ms: number) => `${(ms / 1000).toFixed(1)}s`.padStart(6);

/** One line of progress: since the start, which part, what. */
export const progressLine = (ms: number, part: string, what: string) =>
  `${elapsed(ms)}  ${part.padEnd(15)} ${what}`;

/** Writes progress lines to stderr; stdout is for results. */
export function progress(start = Date.now()) {
  return (part: string, what: string) => {
    process.stderr.write(`${progressLine(Date.now() - start, part, what)}\n`);
  };
}
