const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An age as people say it, for example `25 minutes` or `3 hours`. */
export function ageOf(ms: number): string {
  const [unit, name] =
    ms < 2 * HOUR_MS
      ? [MINUTE_MS, 'minute']
      : ms < 2 * DAY_MS
      ? [HOUR_MS, 'hour']
      : [DAY_MS, 'day'];
  const count = Math.round(Number(ms) / Number(unit));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
