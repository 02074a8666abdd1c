import { relativeTime } from './relativeTime';

const now = Date.parse('2026-06-15T12:00:00Z');

describe('relativeTime', () => {
  it.each([
    ['2026-06-15T12:00:00Z', 'now'],
    ['2026-06-15T11:59:30Z', 'now'],
    ['2026-06-15T11:58:59Z', '1 minute ago'],
    ['2026-06-15T09:00:00Z', '3 hours ago'],
    ['2026-06-14T11:00:00Z', 'yesterday'],
    ['2026-06-01T12:00:00Z', '14 days ago'],
    ['2026-03-15T12:00:00Z', '3 months ago'],
    ['2024-06-01T12:00:00Z', '2 years ago'],
  ])('says of %s: %s', (then, words) => {
    expect(relativeTime(then, now, 'en')).toBe(words);
  });

  it('speaks the language of the app and admits what is no time', () => {
    expect(relativeTime('2026-06-15T09:00:00Z', now, 'de')).toBe(
      'vor 3 Stunden',
    );
    expect(relativeTime('soon', now, 'en')).toBeUndefined();
  });
});
