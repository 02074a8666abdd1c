import { formatBytes } from './formatBytes';

describe('formatBytes', () => {
  it.each([
    [0, 'en', '0 bytes'],
    [999, 'en', '999 bytes'],
    [1500, 'en', '1.5 kB'],
    [12_345_678, 'en', '12.3 MB'],
    [12_345_678, 'de', '12,3 MB'],
    [3_000_000_000, 'en', '3 GB'],
    [7_000_000_000_000_000, 'en', '7,000 TB'],
  ])('writes %d in %s as %s', (bytes, language, text) => {
    expect(formatBytes(bytes, language)).toBe(text);
  });
});
