const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

/**
 * How long ago something was, in words, for example `5 minutes ago`.
 *
 * @param then - ISO 8601
 * @param now - milliseconds since the epoch
 * @param language - BCP 47 tag
 * @returns undefined when `then` is no time
 */
export function relativeTime(
  then: string,
  now: number,
  language: string,
): string | undefined {
  const seconds = Math.round((Date.parse(then) - now) / 1000);
  if (Number.isNaN(seconds)) {
    return undefined;
  }
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const unit = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return unit
    ? format.format(Math.trunc(seconds / unit[1]), unit[0])
    : format.format(0, 'second');
}
