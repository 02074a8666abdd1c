import { pointsOf, sample, spread } from '../../fault-tests/points.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('pointsOf', () => {
  it.each(['kill', 'undo'] as const)('has both sides with %s', mode => {
    expect(pointsOf(['a', 'b'], mode)).toEqual([
      { mutation: 'a', moment: 'before' },
      { mutation: 'a', moment: 'after' },
      { mutation: 'b', moment: 'before' },
      { mutation: 'b', moment: 'after' },
    ]);
  });

  it.each(['cancel', 'refuse'] as const)('has one side with %s', mode => {
    expect(pointsOf(['a', 'b'], mode)).toEqual([
      { mutation: 'a', moment: 'before' },
      { mutation: 'b', moment: 'before' },
    ]);
  });
});

describe('sample', () => {
  it('takes so many, over the whole, and the same each time', () => {
    const some = sample(numbers(100), 4);
    expect(some).toEqual([12, 37, 62, 87]);
    expect(sample(numbers(100), 4)).toEqual(some);
  });

  it.each([1, 7, 12, 99])('takes %i different ones of a hundred', count => {
    expect(new Set(sample(numbers(100), count)).size).toBe(count);
  });

  it('takes all where there are no more', () => {
    expect(sample(numbers(3), 12)).toEqual([0, 1, 2]);
  });
});

describe('spread', () => {
  it.each([0, 1, 2, 10, 97, 172])('leaves none of %i out', count => {
    expect([...spread(numbers(count))].sort((a, b) => a - b)).toEqual(
      numbers(count),
    );
  });

  it('has seen every quarter after a few', () => {
    const quarters = spread(numbers(100))
      .slice(0, 8)
      .map(index => Math.floor(index / 25));
    expect(new Set(quarters)).toEqual(new Set([0, 1, 2, 3]));
  });
});
