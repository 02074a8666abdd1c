import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { Remote } from './Remote';
import { RemoteView } from './remoteView';

const shown = (problem?: string): RemoteView<string> => ({
  state: 'shown',
  value: 'the answer',
  at: Date.parse('2026-01-01T00:00:00Z'),
  problem,
});

function renderView(view: RemoteView<string>, empty?: string) {
  const retry = jest.fn();
  const { container } = renderInTestApp(
    <Remote view={view} retry={retry} empty={() => empty}>
      {value => <p>{value}</p>}
    </Remote>,
  );
  return { container, retry };
}

describe('Remote', () => {
  afterEach(() => jest.restoreAllMocks());

  it.each<[string, RemoteView<string>, RegExp]>([
    ['loading', { state: 'loading' }, /Loading/],
    ['an answer', shown(), /the answer/],
    ['no such instance', { state: 'missing' }, /No such instance/],
    ['no permission', { state: 'forbidden' }, /No permission/],
    [
      'a failure',
      { state: 'unreachable', message: 'The backend is down.' },
      /The backend is down/,
    ],
    ['an answer of before', shown('The backend is down.'), /this is as of/],
  ])('shows %s', async (_state, view, words) => {
    const { container } = renderView(view);
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says that there is nothing', async () => {
    renderView(shown(), 'Nothing here.');
    expect(await screen.findByText('Nothing here.')).toBeInTheDocument();
    expect(screen.queryByText('the answer')).not.toBeInTheDocument();
  });

  it.each<[string, RemoteView<string>]>([
    ['instead of an answer', { state: 'unreachable', message: 'Failed.' }],
    ['beside the last answer', shown('Failed.')],
  ])('says %s that the browser is offline', async (_title, view) => {
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    renderView(view);
    expect(await screen.findByText(/browser is offline/)).toBeInTheDocument();
    expect(screen.queryByText('Failed.')).not.toBeInTheDocument();
  });

  it('lets one try again', async () => {
    const { retry } = renderView({ state: 'unreachable', message: 'x' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(retry).toHaveBeenCalledTimes(1);
  });
});
