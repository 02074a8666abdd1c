import { nanoseconds } from './logTime';

describe('nanoseconds', () => {
  it.each<[string, bigint | undefined]>([
    ['1970-01-01T00:00:01Z', 1_000_000_000n],
    ['1970-01-01T00:00:01.5Z', 1_500_000_000n],
    ['1970-01-01T00:00:01.000000001Z', 1_000_000_001n],
    ['1970-01-01T01:00:01.25+01:00', 1_250_000_000n],
    ['1969-12-31T23:59:59Z', -1_000_000_000n],
    ['2026-13-01T00:00:00Z', undefined],
    ['2026-01-01T00:00:00', undefined],
    ['2026-01-01', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('of %s', (time, expected) => expect(nanoseconds(time)).toBe(expected));

  it('tells apart what a date cannot', () => {
    const one = nanoseconds('2026-01-01T00:00:00.123456788Z') ?? 0n;
    const other = nanoseconds('2026-01-01T00:00:00.123456789Z') ?? 0n;
    expect(other - one).toBe(1n);
  });
});
