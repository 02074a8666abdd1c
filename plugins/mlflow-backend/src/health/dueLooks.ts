import { ObservedInstance } from '../watch/ObservedInstance';
import { canBeLookedAt } from './LookService';

/**
 * The instances that a round of looks takes: those longest not looked at, as many
 * as spread the fleet evenly over the interval. Pure.
 *
 * @param times - in milliseconds: how old a look may become, and the time between
 * two rounds
 */
export function dueLooks(
  instances: readonly ObservedInstance[],
  times: { interval: number; round: number },
  now: Date,
): ObservedInstance[] {
  const lookable = instances.filter(({ record }) => canBeLookedAt(record));
  const share = Math.ceil((lookable.length * times.round) / times.interval);
  return lookable
    .map(instance => ({ instance, at: lookedAt(instance) }))
    .filter(({ at }) => now.getTime() - at >= times.interval - times.round)
    .sort((a, b) => a.at - b.at)
    .slice(0, share)
    .map(({ instance }) => instance);
}

/** Epoch milliseconds; 0 of one that was never looked at. */
function lookedAt({ record, health }: ObservedInstance): number {
  return health?.id === record.id ? Date.parse(health.at) : 0;
}
