import { TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook } from '@testing-library/react';
import { PropsWithChildren } from 'react';
import { FakeSignals } from '../__testUtils__/FakeSignals';
import { useInstanceSignals } from './useInstanceSignals';

const follow = (onIds: (ids: string[]) => void, signals?: FakeSignals) =>
  renderHook(({ listener }) => useInstanceSignals(listener), {
    initialProps: { listener: onIds },
    wrapper: ({ children }: PropsWithChildren) =>
      signals ? (
        <TestApiProvider apis={[signals.api]}>{children}</TestApiProvider>
      ) : (
        <TestApiProvider apis={[]}>{children}</TestApiProvider>
      ),
  });

describe('useInstanceSignals', () => {
  afterEach(() => jest.restoreAllMocks());

  it('tells each message, and none after the page has gone', () => {
    const signals = new FakeSignals();
    const heard: string[][] = [];
    const { result, unmount } = follow(ids => heard.push(ids), signals);

    signals.send(['a']);
    signals.send(['b', 'c']);
    unmount();
    signals.send(['d']);

    expect(result.current).toBe(true);
    expect(heard).toEqual([['a'], ['b', 'c']]);
    expect(signals.listeners).toBe(0);
  });

  it('subscribes once, whoever listens at the moment', () => {
    const signals = new FakeSignals();
    const heard: string[] = [];
    const { rerender } = follow(() => heard.push('first'), signals);
    rerender({ listener: () => heard.push('second') });

    signals.send(['a']);

    expect(heard).toEqual(['second']);
    expect(signals.subscriptions).toBe(1);
  });

  it('rests while the page is hidden', () => {
    const signals = new FakeSignals();
    const onIds = jest.fn();
    follow(onIds, signals);
    jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    signals.send(['a']);
    expect(onIds).not.toHaveBeenCalled();
  });

  it('says that the app has no signals', () => {
    expect(follow(() => {}).result.current).toBe(false);
  });
});
