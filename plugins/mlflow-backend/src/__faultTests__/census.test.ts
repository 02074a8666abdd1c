import { differences } from '../../fault-tests/census/census.ts';

it('finds nothing between equal counts, in whatever order', () => {
  expect(differences(['a', 'b'], ['b', 'a'])).toEqual([]);
});

it('names what is missing, what is too much, and what is there twice', () => {
  expect(differences(['a', 'b'], ['b', 'b', 'c'])).toEqual([
    'missing: a',
    'too much: b',
    'too much: c',
  ]);
});
