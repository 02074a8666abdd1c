import { quantity } from './quantity';

it.each([
  ['2', 2],
  ['500m', 0.5],
  ['1k', 1_000],
  ['1Ki', 1_024],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['1e3', 1_000],
  ['-1', -1],
])('%s', (text, expected) => {
  expect(quantity(text)).toBe(expected);
});

it.each(['', 'x', '1Xi', '1 Gi'])('%j is none', text => {
  expect(quantity(text)).toBeNaN();
});
