import { InputError } from '@backstage/errors';
import { isPinned, parsePinnedImage, parseRepository } from './imageName';

const DIGEST = `sha256:${'a1'.repeat(32)}`;

describe('parseRepository', () => {
  it.each([
    ['localhost:30500/mlflow', 'localhost:30500', 'mlflow'],
    ['localhost/mlflow', 'localhost', 'mlflow'],
    ['registry.example.com/a/b', 'registry.example.com', 'a/b'],
    ['team/mlflow', 'docker.io', 'team/mlflow'],
    ['mlflow', 'docker.io', 'mlflow'],
  ])('%s', (name, registry, path) => {
    expect(parseRepository(name)).toEqual({ registry, path });
  });
});

describe('parsePinnedImage', () => {
  it.each([
    `registry.example.com:5000/a/mlflow:3.17.2@${DIGEST}`,
    `registry.example.com:5000/mlflow@${DIGEST}`,
    `mlflow:1@${DIGEST}`,
  ])('reads the same when the chart joins it again: %s', reference => {
    const { repository, tag } = parsePinnedImage(reference);
    expect(`${repository}:${tag}`).toBe(reference);
  });

  it.each([
    'registry.example.com/mlflow:3.17.2',
    'mlflow@sha256:abc',
    `mlflow@${DIGEST}0`,
    '',
  ])('refuses what is not pinned: "%s"', reference => {
    expect(() => parsePinnedImage(reference)).toThrow(InputError);
  });
});

it('knows a name that is pinned', () => {
  expect(isPinned(`python:3.13@${DIGEST}`)).toBe(true);
  expect(isPinned('python:3.13-slim-trixie')).toBe(false);
});
