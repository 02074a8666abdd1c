import { median, percentile, ratio, summarize } from './statistics.ts';

describe('statistics of the bench', () => {
  it.each([
    [[3], 3],
    [[1, 9, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ])('median of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('knows no median of nothing', () => {
    expect(() => median([])).toThrow('nothing');
  });

  it('takes the median of a step among the runs that had it', () => {
    const summary = summarize([
      { total: 10.004, steps: { a: 1, b: 2 } },
      { total: 12, steps: { a: 3 } },
      { total: 11, steps: { a: 2, b: 4 } },
    ]);
    expect(summary).toEqual({
      runs: [10, 12, 11],
      median: 11,
      steps: { a: 2, b: 3 },
    });
  });

  it('compares the medians', () => {
    const of = (total: number) => summarize([{ total, steps: {} }]);
    expect(ratio(of(9.1), of(44))).toBe(0.207);
  });
});

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [0, 1],
    [0.5, 50],
    [0.95, 95],
    [1, 100],
  ])('%d of 1 to 100 is %d', (share, expected) => {
    expect(percentile(hundred, share)).toBe(expected);
  });

  it('takes the greatest of few for a high share', () => {
    expect(percentile([3, 1, 2], 0.95)).toBe(3);
  });

  it('refuses nothing at all', () => {
    expect(() => percentile([], 0.5)).toThrow('no percentile');
  });
});
