import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import { InstancePhase } from 'backstage-plugin-mlflow-common';
import { PropsWithChildren } from 'react';
import { MlflowApi, mlflowApiRef } from '../../api';
import { FakeSignals } from '../../__testUtils__/FakeSignals';
import { fakeApi, readyStatus } from '../../__testUtils__/fakeApi';
import { useInstanceStatus } from './useInstanceStatus';

const inPhase = (phase: InstancePhase) => ({ ...readyStatus, phase });

const pass = (milliseconds: number) =>
  act(() => jest.advanceTimersByTimeAsync(milliseconds));

async function follow(
  getStatus: MlflowApi['getStatus'],
  signals?: FakeSignals,
) {
  const api = fakeApi({ getStatus });
  const apis = signals ? [signals.api] : [];
  const hook = renderHook(() => useInstanceStatus('component:default/demo'), {
    wrapper: ({ children }: PropsWithChildren) => (
      <TestApiProvider apis={[[mlflowApiRef, api], ...apis]}>
        {children}
      </TestApiProvider>
    ),
  });
  await pass(0);
  return hook;
}

async function hide(hidden: boolean) {
  jest.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  await act(async () => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

describe('useInstanceStatus', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it.each<[InstancePhase, number]>([
    ['Progressing', 10_000],
    ['Ready', 30_000],
    ['Degraded', 30_000],
    ['Failed', 30_000],
  ])(
    'with signals, looks again while %s after %d ms, not before',
    async (phase, wait) => {
      const getStatus = jest.fn(async () => inPhase(phase));
      await follow(getStatus, new FakeSignals());
      expect(getStatus).toHaveBeenCalledTimes(1);
      await pass(wait - 1);
      expect(getStatus).toHaveBeenCalledTimes(1);
      await pass(1);
      expect(getStatus).toHaveBeenCalledTimes(2);
      await pass(wait);
      expect(getStatus).toHaveBeenCalledTimes(3);
    },
  );

  it.each<InstancePhase>(['Progressing', 'Ready'])(
    'without signals, looks again while %s after 10 s',
    async phase => {
      const getStatus = jest.fn(async () => inPhase(phase));
      await follow(getStatus);
      await pass(9_999);
      expect(getStatus).toHaveBeenCalledTimes(1);
      await pass(1);
      expect(getStatus).toHaveBeenCalledTimes(2);
    },
  );

  it('looks at once when a signal names the instance, and keeps what it shows', async () => {
    const signals = new FakeSignals();
    const getStatus = jest
      .fn<Promise<typeof readyStatus>, []>()
      .mockResolvedValueOnce(inPhase('Ready'))
      .mockResolvedValueOnce(inPhase('Degraded'));
    const { result } = await follow(getStatus, signals);
    await act(async () => signals.send(['another']));
    expect(getStatus).toHaveBeenCalledTimes(1);
    act(() => signals.send(['another', readyStatus.id]));
    expect(result.current.view).toMatchObject({ value: { phase: 'Ready' } });
    await pass(0);
    expect(result.current.view).toMatchObject({ value: { phase: 'Degraded' } });
    expect(getStatus).toHaveBeenCalledTimes(2);
  });

  it('rests while the page is hidden and looks at once when it is back', async () => {
    const getStatus = jest.fn(async () => inPhase('Progressing'));
    await follow(getStatus);
    await hide(true);
    await pass(120_000);
    expect(getStatus).toHaveBeenCalledTimes(1);
    await hide(false);
    expect(getStatus).toHaveBeenCalledTimes(2);
    await pass(10_000);
    expect(getStatus).toHaveBeenCalledTimes(3);
  });

  it('stops when the card goes', async () => {
    const getStatus = jest.fn(async () => inPhase('Progressing'));
    const { unmount } = await follow(getStatus);
    unmount();
    await pass(120_000);
    expect(getStatus).toHaveBeenCalledTimes(1);
  });

  it('keeps what it saw when only the look fails, and drops it when it is gone', async () => {
    const getStatus = jest
      .fn<Promise<typeof readyStatus>, []>()
      .mockResolvedValueOnce(inPhase('Ready'))
      .mockRejectedValueOnce(new ServiceUnavailableError('Down.'))
      .mockResolvedValueOnce(inPhase('Degraded'))
      .mockRejectedValueOnce(new NotFoundError('Gone.'));
    const { result } = await follow(getStatus, new FakeSignals());
    expect(result.current.view).toMatchObject({ state: 'shown' });
    expect(result.current.view).not.toHaveProperty('problem');
    await pass(30_000);
    expect(result.current.view).toMatchObject({
      state: 'shown',
      problem: 'Down.',
      value: { phase: 'Ready' },
    });
    await pass(30_000);
    expect(result.current.view).toMatchObject({
      value: { phase: 'Degraded' },
    });
    expect(result.current.view).not.toHaveProperty('problem');
    await pass(30_000);
    expect(result.current.view).toEqual({ state: 'missing' });
  });
});
