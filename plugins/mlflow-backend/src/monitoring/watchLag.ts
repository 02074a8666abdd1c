import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { Freshness, InstanceSource } from '../watch/ObservedInstance';
import { METRIC_PREFIX } from './names';

/**
 * Tells, whenever metrics are collected, how old the knowledge of each platform
 * is. A platform that was never listed has no age, so it is missing.
 */
export function observeWatchLag(
  metrics: MetricsService,
  sources: { list(): Pick<InstanceSource, 'platform' | 'freshness'>[] },
): void {
  metrics
    .createObservableGauge(`${METRIC_PREFIX}.status_lag`, {
      description: 'Age of what is known of the instances of a platform',
      unit: 's',
    })
    .addCallback(result => {
      for (const source of sources.list()) {
        const lag = lagOf(source.freshness(), new Date());
        if (lag !== undefined) {
          result.observe(lag, { platform: source.platform });
        }
      }
    });
}

/** Seconds since what is known was last right. */
export function lagOf(
  { rightAt }: Pick<Freshness, 'rightAt'>,
  now: Date,
): number | undefined {
  return rightAt && Math.max(0, (now.getTime() - rightAt.getTime()) / 1000);
}
