import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { InstanceSummary } from 'backstage-plugin-mlflow-common';
import { axe } from 'jest-axe';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { summary } from '../../__testUtils__/summaries';
import { MlflowApi } from '../../api';
import { InstancesPage } from './InstancesPage';

const renderPage = (getInstances: MlflowApi['getInstances']) =>
  renderForEntity(<InstancesPage />, { getInstances });

const list = (...rows: InstanceSummary[]) => renderPage(async () => rows);

/** The names of the instances, from top to bottom. */
const names = () =>
  screen.getAllByRole('rowheader').map(cell => cell.textContent);

describe('InstancesPage', () => {
  it('lists what needs somebody first, with a link to its page', async () => {
    const { container } = list(
      summary({ name: 'calm' }),
      summary({
        name: 'broken',
        phase: 'Failed',
        findings: 3,
        drifted: true,
        replicas: { wanted: 2, ready: 0 },
        versions: { ...summary().versions, warning: 'Unsigned tokens.' },
      }),
    );
    await screen.findAllByRole('rowheader');
    expect(names()).toEqual(['broken', 'calm']);
    const row = screen.getByRole('row', { name: /broken/ });
    expect(row).toHaveTextContent('Failed');
    expect(row).toHaveTextContent('3.17.2, has known security holes');
    expect(row).toHaveTextContent('Drifted');
    expect(row).toHaveTextContent('0 of 2');
    expect(within(row).getByRole('link', { name: 'broken' })).toHaveAttribute(
      'href',
      '/catalog/default/component/broken',
    );
    const counts = screen.getByRole('list', { name: 'Instances by platform' });
    expect(counts).toHaveTextContent('sandbox2 instances1 needs attention');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('narrows the list down, and says when nothing is left', async () => {
    list(summary({ name: 'calm' }), summary({ name: 'bad', phase: 'Failed' }));
    await userEvent.click(
      await screen.findByRole('switch', { name: 'Needs attention' }),
    );
    await waitFor(() => expect(names()).toEqual(['bad']));
    await userEvent.type(screen.getByRole('searchbox'), 'calm');
    expect(await screen.findByText(/No instance matches/)).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Reset the filters' }),
    );
    await waitFor(() => expect(names()).toEqual(['bad', 'calm']));
  });

  it('sorts by a column', async () => {
    list(summary({ name: 'b' }), summary({ name: 'a', phase: 'Failed' }));
    await userEvent.click(
      await screen.findByRole('columnheader', { name: /Name/ }),
    );
    await userEvent.click(screen.getByRole('columnheader', { name: /Name/ }));
    await waitFor(() => expect(names()).toEqual(['b', 'a']));
  });

  it('says of which platform nothing was heard lately', async () => {
    const { container } = list(
      summary({ name: 'seen' }),
      summary({ name: 'silent', platform: 'far', staleReason: 'No answer.' }),
    );
    const notes = await screen.findAllByText(/cluster was last heard of at/);
    expect(notes).toHaveLength(1);
    expect(notes[0].closest('li')).toHaveTextContent('far1 instance');
    expect(await axe(container)).toHaveNoViolations();
  });

  it('leads to the template where there is no instance', async () => {
    const { container } = list();
    expect(await screen.findByText(/no instance/)).toBeInTheDocument();
    expect(screen.getByRole('link')).toHaveAttribute(
      'href',
      '/create/templates/default/mlflow-instance',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each<[string, Error, string]>([
    ['it is not allowed', new NotAllowedError('x'), 'No permission'],
    ['nobody answers', new ServiceUnavailableError('Down.'), 'Down.'],
  ])('says that %s', async (_title, error, words) => {
    const { container } = renderPage(async () => {
      throw error;
    });
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });
});
