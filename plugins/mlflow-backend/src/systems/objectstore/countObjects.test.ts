import { countObjects } from './countObjects';

const { signal } = new AbortController();

/** A bucket with so many objects of one byte, listed in pages of 1,000. */
function bucketOf(objects: number) {
  const asked: (string | undefined)[] = [];
  return {
    asked,
    async page(_: string, after: string | undefined) {
      asked.push(after);
      const begin = Number(after ?? 0);
      const end = Math.min(objects, begin + 1000);
      return {
        sizes: Array.from({ length: end - begin }, () => 1),
        ...(end < objects && { next: String(end) }),
      };
    },
  };
}

describe('countObjects', () => {
  it.each([0, 1, 1000, 1001, 10_000])('counts %d', async objects => {
    expect(await countObjects(bucketOf(objects), 'b', signal)).toEqual({
      objects,
      bytes: objects,
    });
  });

  it('says nothing of more than it may list', async () => {
    const bucket = bucketOf(10_001);
    expect(await countObjects(bucket, 'b', signal)).toEqual({});
    expect(bucket.asked).toHaveLength(10);
  });

  it('counts nothing in a bucket that does not exist', async () => {
    const absent = { page: async () => undefined };
    expect(await countObjects(absent, 'b', signal)).toEqual({
      objects: 0,
      bytes: 0,
    });
  });
});
