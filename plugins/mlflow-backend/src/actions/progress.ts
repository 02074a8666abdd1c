import { LoggerService } from '@backstage/backend-plugin-api';

/** A page without a line for a minute looks broken; say something before that. */
const QUIET_MS = 12_000;

/** Writes lines of progress, and one by itself when nothing was said for long. */
export interface Progress {
  log(message: string): void;
  stop(): void;
}

/** @param what - what goes on, for the lines that come by themselves */
export function createProgress(logger: LoggerService, what: string): Progress {
  const started = Date.now();
  let last = started;
  const timer = setInterval(() => {
    if (Date.now() - last >= QUIET_MS) {
      const seconds = Math.round((Date.now() - started) / 1000);
      last = Date.now();
      logger.info(`… ${what}: still working after ${seconds} s`);
    }
  }, 1_000);
  return {
    log(message) {
      last = Date.now();
      logger.info(message);
    },
    stop: () => clearInterval(timer),
  };
}
