import { LoggerService } from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { stringifyError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

const DEFAULT_MS = 10 * 60_000;
const KEY = 'mlflow.health.interval';

/**
 * How often each instance is looked at, in milliseconds; 0 is never. What cannot
 * be read is logged, and the default holds: it must not stop the portal.
 */
export function readInterval(config: Config, logger: LoggerService): number {
  try {
    return config.has(KEY)
      ? durationToMilliseconds(readDurationFromConfig(config, { key: KEY }))
      : DEFAULT_MS;
  } catch (error) {
    logger.error(
      `${KEY} is no duration, 10 minutes are taken: ${stringifyError(error)}`,
    );
    return DEFAULT_MS;
  }
}
