import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import pLimit from 'p-limit';
import { PlatformsService } from '../platform/PlatformsService';
import { InstanceSource } from '../watch/ObservedInstance';
import { InstanceSources } from '../watch/InstanceSources';
import { dueLooks } from './dueLooks';
import { LookService } from './LookService';

/** The most between two rounds, in milliseconds. */
const MAX_ROUND_MS = 60_000;

/** The least: below it, the scheduler would do nothing else. */
const MIN_ROUND_MS = 5_000;

/** Rounds in which the whole fleet is looked at. */
const ROUNDS = 10;

/** Looks of a round at once: whoever asks for one must find room. */
const AT_ONCE = 2;

/** A round that hangs is given up, in minutes. */
const ROUND_MINUTES = 5;

/**
 * Looks at all instances again and again: one task a platform, which one replica
 * runs at a time. That it cannot be set up is logged and stops nothing.
 *
 * @param interval - how old a look may become, in milliseconds; 0 is never
 */
export function scheduleLooks(
  {
    scheduler,
    platforms,
    sources,
    looks,
    logger,
  }: {
    scheduler: SchedulerService;
    platforms: PlatformsService;
    sources: InstanceSources;
    looks: LookService;
    logger: LoggerService;
  },
  interval: number,
): void {
  if (interval === 0) {
    return;
  }
  const round = Math.min(
    MAX_ROUND_MS,
    Math.max(MIN_ROUND_MS, interval / ROUNDS),
  );
  for (const entry of platforms.list()) {
    const source = sources.get(entry.name);
    if ('platform' in entry && source) {
      scheduler
        .scheduleTask({
          id: `mlflow-looks-${entry.name}`,
          frequency: { milliseconds: round },
          // The watch needs a moment to know the instances.
          initialDelay: { milliseconds: MIN_ROUND_MS },
          timeout: { minutes: ROUND_MINUTES },
          scope: 'global',
          fn: signal => lookAround(source, looks, { interval, round }, signal),
        })
        .catch(error =>
          logger.error(
            `MLflow platform ${
              entry.name
            }: no looks are scheduled: ${stringifyError(error)}`,
          ),
        );
    }
  }
}

/** One round over the instances of a platform. */
export async function lookAround(
  source: InstanceSource,
  looks: LookService,
  times: { interval: number; round: number },
  signal: AbortSignal,
): Promise<void> {
  const instances = source.list().map(found => looks.withLatest(found));
  const limit = pLimit(AT_ONCE);
  await Promise.all(
    dueLooks(instances, times, new Date()).map(({ record }) =>
      limit(async () => {
        if (!signal.aborted) {
          await looks.check(record.spec, times.interval - times.round);
        }
      }),
    ),
  );
}
