import { Shared } from './Shared';

describe('Shared', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('asks once for all who come while it is asked, and for a while after', async () => {
    const shared = new Shared<number>(1_000);
    let asked = 0;
    const ask = async () => ++asked;

    const both = [shared.get('a', ask), shared.get('a', ask)];
    expect(await Promise.all(both)).toEqual([1, 1]);
    jest.advanceTimersByTime(999);
    expect(await shared.get('a', ask)).toBe(1);
    jest.advanceTimersByTime(1);
    expect(await shared.get('a', ask)).toBe(2);
  });

  it('keeps apart what is not the same', async () => {
    const shared = new Shared<string>();
    expect(await shared.get('a', async () => 'of a')).toBe('of a');
    expect(await shared.get('b', async () => 'of b')).toBe('of b');
  });

  it('keeps nothing that failed', async () => {
    const shared = new Shared<string>();
    const failed = shared.get('a', async () => {
      throw new Error('no answer');
    });
    await expect(failed).rejects.toThrow('no answer');
    expect(await shared.get('a', async () => 'an answer')).toBe('an answer');
  });

  it('forgets what was asked longest ago when it is too much', async () => {
    const shared = new Shared<number>();
    for (let key = 0; key <= 100; key++) {
      await shared.get(String(key), async () => key);
    }
    expect(await shared.get('100', async () => -1)).toBe(100);
    expect(await shared.get('0', async () => -1)).toBe(-1);
  });
});
