import { MetricSeries } from 'backstage-plugin-mlflow-common';

type Points = MetricSeries['points'];

/** What a series comes to, in words. */
export interface Summary {
  last: number;
  min: number;
  max: number;
}

/** @returns undefined when there is no point */
export function summaryOf(points: Points): Summary | undefined {
  const values = points.map(([, value]) => value);
  const last = values.at(-1);
  return last === undefined
    ? undefined
    : { last, min: Math.min(...values), max: Math.max(...values) };
}

const rounded = (value: number) => Math.round(value * 10) / 10;

/**
 * The line of a series as an SVG path. Time runs over the whole width; the
 * bottom is zero, so that little is not drawn as much.
 *
 * @param points - oldest first
 */
export function linePath(points: Points, width: number, height: number) {
  const [from] = points[0] ?? [0];
  const [to] = points.at(-1) ?? [0];
  const top = Math.max(...points.map(([, value]) => value), 0) || 1;
  return points
    .map(([time, value], index) => {
      const x = to > from ? ((time - from) / (to - from)) * width : width;
      const y = height - (value / top) * height;
      return `${index === 0 ? 'M' : 'L'}${rounded(x)} ${rounded(y)}`;
    })
    .join(' ');
}

/** A value as people read it, without the words around it. */
export function formatValue(
  value: number,
  unit: MetricSeries['unit'],
  language: string,
): string {
  const digits = { maximumFractionDigits: 2 };
  switch (unit) {
    case 'share':
      return new Intl.NumberFormat(language, {
        style: 'percent',
        maximumFractionDigits: 1,
      }).format(value);
    case 'seconds':
      return new Intl.NumberFormat(language, {
        style: 'unit',
        unit: value < 1 ? 'millisecond' : 'second',
        maximumFractionDigits: value < 1 ? 0 : 2,
      }).format(value < 1 ? value * 1000 : value);
    default:
      return new Intl.NumberFormat(language, digits).format(value);
  }
}
