import { InterruptedError, messageOf, SandboxError } from './errors.ts';

/** Runs a command to its exit code; a signal ends it, and an error is one message. */
export function runMain(main: (signal: AbortSignal) => Promise<number>): void {
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => abort.abort());
  }
  main(abort.signal).then(
    code => {
      process.exitCode = code;
    },
    error => {
      if (error instanceof InterruptedError) {
        process.exitCode = 130;
        return;
      }
      process.stderr.write(`${messageOf(error)}\n`);
      process.exitCode = error instanceof SandboxError ? error.code : 1;
    },
  );
}
