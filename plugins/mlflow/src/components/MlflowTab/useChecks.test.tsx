import { TestApiProvider } from '@backstage/frontend-test-utils';
import { act, renderHook } from '@testing-library/react';
import { PropsWithChildren } from 'react';
import { mlflowApiRef } from '../../api';
import { fakeApi, readyStatus } from '../../__testUtils__/fakeApi';
import { useChecks } from './useChecks';

const pass = (milliseconds: number) =>
  act(() => jest.advanceTimersByTimeAsync(milliseconds));

describe('useChecks', () => {
  beforeEach(() => jest.useFakeTimers());

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('probes each 20 s, and only while the page is seen', async () => {
    const checkInstance = jest.fn(async () => readyStatus);
    const onChecked = jest.fn();
    const { unmount } = renderHook(
      () => useChecks('component:default/demo', onChecked),
      {
        wrapper: ({ children }: PropsWithChildren) => (
          <TestApiProvider apis={[[mlflowApiRef, fakeApi({ checkInstance })]]}>
            {children}
          </TestApiProvider>
        ),
      },
    );
    await pass(0);
    expect(checkInstance).toHaveBeenCalledTimes(1);
    await pass(20_000);
    expect(checkInstance).toHaveBeenCalledTimes(2);
    expect(onChecked).toHaveBeenCalledTimes(2);
    const hidden = jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    await pass(60_000);
    expect(checkInstance).toHaveBeenCalledTimes(2);
    hidden.mockReturnValue(false);
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(0);
    expect(checkInstance).toHaveBeenCalledTimes(3);
    unmount();
    await pass(60_000);
    expect(checkInstance).toHaveBeenCalledTimes(3);
  });
});
