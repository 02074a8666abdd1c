import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { act, renderHook } from '@testing-library/react';
import { RemoteOptions, useRemote } from './useRemote';

const pass = (milliseconds: number) =>
  act(() => jest.advanceTimersByTimeAsync(milliseconds));

async function follow(
  ask: () => Promise<number>,
  options: RemoteOptions<number> = {},
) {
  const hook = renderHook(given => useRemote(ask, given), {
    initialProps: options,
  });
  await pass(0);
  return hook;
}

describe('useRemote', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('asks once where nothing says how often', async () => {
    const ask = jest.fn(async () => 1);
    const { result } = await follow(ask);
    await pass(600_000);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(result.current.view).toMatchObject({ state: 'shown', value: 1 });
  });

  it('asks at once with each new revision, and once more for those under way', async () => {
    let answer: (value: number) => void = () => {};
    const ask = jest
      .fn<Promise<number>, []>(
        () =>
          new Promise(resolve => {
            answer = resolve;
          }),
      )
      .mockResolvedValueOnce(1);
    const { rerender, result } = await follow(ask, { revision: 'a' });
    rerender({ revision: 'b' });
    rerender({ revision: 'c' });
    rerender({ revision: 'd' });
    expect(ask).toHaveBeenCalledTimes(2);
    answer(2);
    await pass(0);
    expect(result.current.view).toMatchObject({ value: 2 });
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('goes on or rests when told so, without forgetting what it saw', async () => {
    const ask = jest
      .fn(async () => 3)
      .mockResolvedValueOnce(1)
      .mockResolvedValueOnce(2);
    const { rerender, result } = await follow(ask, { every: 1000 });
    await pass(1000);
    rerender({});
    await pass(10_000);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(result.current.view).toMatchObject({ value: 2 });
    rerender({ every: 1000 });
    await pass(1000);
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('asks at once when the browser is online again', async () => {
    const ask = jest
      .fn(async () => 2)
      .mockRejectedValueOnce(new ServiceUnavailableError('Down.'));
    const { result } = await follow(ask);
    expect(result.current.view).toEqual({
      state: 'unreachable',
      message: 'Down.',
    });
    window.dispatchEvent(new Event('online'));
    await pass(0);
    expect(result.current.view).toMatchObject({ value: 2 });
  });

  it('keeps what it saw when only the look fails, not when it is forbidden', async () => {
    const ask = jest
      .fn<Promise<number>, []>()
      .mockResolvedValueOnce(1)
      .mockRejectedValueOnce(new ServiceUnavailableError('Down.'))
      .mockRejectedValueOnce(new NotAllowedError('No.'));
    const { result } = await follow(ask, { every: 1000 });
    await pass(1000);
    expect(result.current.view).toMatchObject({ value: 1, problem: 'Down.' });
    await pass(1000);
    expect(result.current.view).toEqual({ state: 'forbidden' });
  });
});
