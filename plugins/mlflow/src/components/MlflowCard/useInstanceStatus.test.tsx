import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import { InstancePhase } from 'backstage-plugin-mlflow-common';
import { PropsWithChildren } from 'react';
import { MlflowApi, mlflowApiRef } from '../../api';
import { fakeApi, readyStatus } from '../../__testUtils__/fakeApi';
import { useInstanceStatus } from './useInstanceStatus';

const inPhase = (phase: InstancePhase) => ({ ...readyStatus, phase });

const pass = (milliseconds: number) =>
  act(() => jest.advanceTimersByTimeAsync(milliseconds));

async function follow(getStatus: MlflowApi['getStatus']) {
  const api = fakeApi({ getStatus });
  const hook = renderHook(() => useInstanceStatus('component:default/demo'), {
    wrapper: ({ children }: PropsWithChildren) => (
      <TestApiProvider apis={[[mlflowApiRef, api]]}>{children}</TestApiProvider>
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
  ])('looks again while %s after %d ms, not before', async (phase, wait) => {
    const getStatus = jest.fn(async () => inPhase(phase));
    await follow(getStatus);
    expect(getStatus).toHaveBeenCalledTimes(1);
    await pass(wait - 1);
    expect(getStatus).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(getStatus).toHaveBeenCalledTimes(2);
    await pass(wait);
    expect(getStatus).toHaveBeenCalledTimes(3);
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
    const { result } = await follow(getStatus);
    expect(result.current.view).toMatchObject({
      state: 'shown',
      outdated: false,
    });
    await pass(30_000);
    expect(result.current.view).toMatchObject({
      state: 'shown',
      outdated: true,
      status: { phase: 'Ready' },
    });
    await pass(30_000);
    expect(result.current.view).toMatchObject({
      outdated: false,
      status: { phase: 'Degraded' },
    });
    await pass(30_000);
    expect(result.current.view).toEqual({ state: 'missing' });
  });
});
