import { settled } from './settled';

describe('settled', () => {
  it('gives all results in order', async () => {
    expect(await settled([Promise.resolve(1), 'two'])).toEqual([1, 'two']);
  });

  it('fails only after the slower ones have ended', async () => {
    let ended = false;
    const slow = new Promise<void>(resolve => {
      setTimeout(() => {
        ended = true;
        resolve();
      }, 20);
    });

    await expect(
      settled([Promise.reject(new Error('first')), slow]),
    ).rejects.toThrow('first');
    expect(ended).toBe(true);
  });

  it('throws the first failure in order, not in time', async () => {
    const slow = new Promise<void>((_, reject) => {
      setTimeout(() => reject(new Error('slow')), 20);
    });

    await expect(
      settled([slow, Promise.reject(new Error('quick'))]),
    ).rejects.toThrow('slow');
  });
});
