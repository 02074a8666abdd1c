import { median, ratio, summarize } from './statistics.ts';

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
