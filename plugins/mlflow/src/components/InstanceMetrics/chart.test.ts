import { formatValue, linePath, summaryOf } from './chart';

describe('summaryOf', () => {
  it('says where a series ends and between what it lay', () => {
    expect(
      summaryOf([
        [0, 2],
        [60, 5],
        [120, 1],
        [180, 3],
      ]),
    ).toEqual({ last: 3, min: 1, max: 5 });
  });

  it('says nothing of nothing', () => {
    expect(summaryOf([])).toBeUndefined();
  });
});

describe('linePath', () => {
  it.each<[string, [number, number][], string]>([
    ['nothing', [], ''],
    ['one point at the end', [[60, 5]], 'M100 0'],
    [
      'time over the width, from zero at the bottom',
      [
        [0, 0],
        [30, 5],
        [60, 10],
      ],
      'M0 10 L50 5 L100 0',
    ],
    [
      'zeros at the bottom',
      [
        [0, 0],
        [60, 0],
      ],
      'M0 10 L100 10',
    ],
  ])('draws %s', (_title, points, path) => {
    expect(linePath(points, 100, 10)).toBe(path);
  });
});

describe('formatValue', () => {
  it.each([
    [1.254, 'perSecond', '1.25'],
    [0.0512, 'share', '5.1%'],
    [0.25, 'seconds', '250 ms'],
    [2.5, 'seconds', '2.5 sec'],
  ] as const)('writes %d %s as %s', (value, unit, text) => {
    expect(formatValue(value, unit, 'en')).toBe(text);
  });

  it('writes as the language does', () => {
    expect(formatValue(1.254, 'perSecond', 'de')).toBe('1,25');
  });
});
