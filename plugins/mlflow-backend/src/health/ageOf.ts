const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An age as people say it, for example `25 minutes` or `3 hours`. */
export function ageOf(ms: number): string {
  if (ms < 2 * HOUR_MS) {
    return counted(ms / MINUTE_MS, 'minute');
  }
  return ms < 2 * DAY_MS
    ? counted(ms / HOUR_MS, 'hour')
    : counted(ms / DAY_MS, 'day');
}

function counted(number: number, unit: string): string {
  const rounded = Math.round(number);
  return `${rounded} ${unit}${rounded === 1 ? '' : 's'}`;
}
