import { isStale } from './isStale';

describe('isStale', () => {
  const now = Date.parse('2026-01-01T00:03:00Z');

  it.each([
    ['2026-01-01T00:03:00Z', false],
    ['2026-01-01T00:01:15Z', false],
    ['2026-01-01T00:00:15Z', true],
    // The clock of the backend may be ahead.
    ['2026-01-01T00:05:00Z', false],
  ])('of %s: %s', (observedAt, stale) => {
    expect(isStale(observedAt, now)).toBe(stale);
  });
});
