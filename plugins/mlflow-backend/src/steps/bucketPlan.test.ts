import { SIZES } from 'backstage-plugin-mlflow-common';
import { testInstance } from '../__testUtils__/instance';
import { BucketObserved, planBucketStep } from './bucketPlan';

const instance = testInstance({ name: 'x' });
const { mark } = instance;

const bucket = {
  mark,
  empty: false,
  open: false,
  limit: SIZES.S.bucketBytes,
};
const access = { mark, differences: [] };
const right: BucketObserved = {
  limitsSize: true,
  bucket,
  access,
  key: 'accepted',
};

const actions = (observed: BucketObserved) =>
  planBucketStep(instance, observed).map(({ action }) => action);

describe('planBucketStep', () => {
  it('makes everything when nothing is there', () => {
    expect(
      planBucketStep(instance, { limitsSize: true, key: 'missing' }).map(
        ({ object, action }) => `${action} ${object}`,
      ),
    ).toEqual([
      'create bucket mlflow-x',
      'create user mlflow-x',
      'create secret mlflow-s3-secret',
    ]);
  });

  it('keeps what is right', () => {
    expect(actions(right)).toEqual(['keep', 'keep', 'keep']);
  });

  it.each<[string, Partial<BucketObserved>, number, string]>([
    ['an open bucket', { bucket: { ...bucket, open: true } }, 0, 'is open'],
    [
      'a bucket without limit',
      { bucket: { ...bucket, limit: undefined } },
      0,
      'may hold anything, not 100 GiB',
    ],
    [
      'a half-made bucket',
      { bucket: { ...bucket, mark: undefined, empty: true } },
      0,
      'has no mark yet',
    ],
    ['a refused key', { key: 'refused' }, 1, 'does not take the key'],
    [
      'wrong rights',
      { access: { mark, differences: ['it also has root'] } },
      1,
      'it also has root',
    ],
  ])('repairs %s', (_case, change, index, reason) => {
    const planned = planBucketStep(instance, { ...right, ...change })[index];

    expect(planned.action).toBe('update');
    expect(planned.detail).toContain(reason);
  });

  it('asks for no limit where the store has none', () => {
    expect(
      actions({
        ...right,
        limitsSize: false,
        bucket: { ...bucket, limit: undefined },
      }),
    ).toEqual(['keep', 'keep', 'keep']);
  });

  it.each<[string, Partial<BucketObserved>, number]>([
    ['a bucket of another', { bucket: { ...bucket, mark: 'other/1' } }, 0],
    [
      'a bucket without mark that holds something',
      { bucket: { ...bucket, mark: undefined } },
      0,
    ],
    [
      'an empty bucket without mark when its name is not ours',
      {
        bucket: { ...bucket, mark: undefined, empty: true },
        access: undefined,
      },
      0,
    ],
    ['a user of another', { access: { ...access, mark: 'other/1' } }, 1],
    ['a user without mark', { access: { differences: [] } }, 1],
  ])('finds a conflict in %s', (_case, change, index) => {
    expect(actions({ ...right, ...change })[index]).toBe('conflict');
  });
});
