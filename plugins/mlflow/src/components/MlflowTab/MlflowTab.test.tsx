import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { MlflowApi } from '../../api';
import { readyStatus } from '../../__testUtils__/fakeApi';
import { newFinding, redirectFinding } from '../../__testUtils__/findings';
import { DEMO_REF, renderForEntity } from '../../__testUtils__/renderForEntity';
import { MlflowTab } from './MlflowTab';

async function openSection(name: string, api: Partial<MlflowApi> = {}) {
  const { container } = renderForEntity(<MlflowTab />, api);
  await userEvent.click(await screen.findByRole('tab', { name }));
  return container;
}

describe('MlflowTab', () => {
  it.each([
    ['Overview', /Reachable/],
    ['Workload', 'mlflow-demo-7d9-abc / mlflow'],
    ['Logs', /Uvicorn running on/],
    ['Events', 'Back-off restarting failed container'],
    ['Holdings', 'mlflow_demo_auth'],
    ['History', 'Upgrade complete'],
    ['Drift', /The instance is there already/],
    ['Audit', 'auth.denied_unknown_user'],
    ['Metrics', /now 1\.25\/s/],
    ['Login', /Why can't I log in/],
  ])('shows the section %s', async (name, shown) => {
    const container = await openSection(name);
    expect(await screen.findByText(shown)).toBeInTheDocument();
    expect(screen.getByRole('tab', { name })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each<[string, Partial<MlflowApi>, RegExp]>([
    [
      'Workload',
      {
        getWorkload: async () => ({
          pods: [],
          jobs: [],
          migration: { by: 'server' },
        }),
      },
      /Nothing runs/,
    ],
    ['Events', { getEvents: async () => [] }, /Kubernetes has no event/],
    ['History', { getHistory: async () => [] }, /no release/],
    [
      'Audit',
      { getAudit: async () => ({ supported: false, entries: [] }) },
      /writes no audit log/,
    ],
    [
      'Audit',
      { getAudit: async () => ({ supported: true, entries: [] }) },
      /no audit line/,
    ],
    [
      'Metrics',
      {
        getMetrics: async () => ({
          state: 'notConfigured',
          message: 'Set metrics.prometheus.',
          series: [],
        }),
      },
      /Set metrics\.prometheus/,
    ],
  ])('says that %s has nothing to show', async (name, api, words) => {
    const container = await openSection(name, api);
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says in its place what a system could not tell', async () => {
    await openSection('Holdings');
    const bucket = await screen.findByRole('region', { name: 'Bucket' });
    expect(bucket).toHaveTextContent('The object store does not answer');
  });

  it('says that somebody may not see a section, and shows the others', async () => {
    await openSection('Events', {
      getEvents: async () => {
        throw new NotAllowedError('raw text of the backend');
      },
    });
    expect(await screen.findByText('No permission')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'History' }));
    expect(await screen.findByText('Upgrade complete')).toBeInTheDocument();
  });

  it('tells each finding with evidence, remedy and the form that mends it', async () => {
    const { container } = renderForEntity(<MlflowTab />, {
      getStatus: async () => ({
        ...readyStatus,
        phase: 'Degraded',
        findings: [redirectFinding, newFinding],
      }),
    });
    const finding = await screen.findByRole('group', {
      name: /Error: Keycloak does not send people back/,
    });
    expect(finding).toHaveTextContent(
      'Keycloak: client mlflow-demo, redirect URIs: none',
    );
    expect(finding).toHaveTextContent(redirectFinding.remedy);
    expect(within(finding).getByRole('link')).toHaveAttribute(
      'href',
      '/create/templates/default/mlflow-repair?formData=%7B%22instance%22%3A%22sandbox%2Fdemo%22%7D',
    );
    const other = screen.getByRole('group', { name: /The bucket is nearly/ });
    expect(within(other).queryByRole('link')).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('has the instance probed when opened and when somebody asks, and looks again', async () => {
    const checkInstance = jest.fn(async () => readyStatus);
    const getStatus = jest
      .fn(async () => ({ ...readyStatus, message: 'As it is now.' }))
      .mockResolvedValueOnce({ ...readyStatus, message: 'As it was.' });
    renderForEntity(<MlflowTab />, { checkInstance, getStatus });
    expect(await screen.findByText(/As it is now/)).toBeInTheDocument();
    expect(checkInstance.mock.calls).toEqual([[DEMO_REF, 20]]);
    await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
    await waitFor(() =>
      expect(checkInstance).toHaveBeenLastCalledWith(DEMO_REF, 0),
    );
  });

  it('says why it could not be probed, beside what is known', async () => {
    const { container } = renderForEntity(<MlflowTab />, {
      checkInstance: async () => {
        throw new ServiceUnavailableError('Too many checks.');
      },
    });
    expect(await screen.findByText(/Too many checks/)).toBeInTheDocument();
    expect(await screen.findByText(/Reachable/)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('probes nothing that may not be seen', async () => {
    const checkInstance = jest.fn(async () => readyStatus);
    renderForEntity(<MlflowTab />, {
      checkInstance,
      getStatus: async () => {
        throw new NotAllowedError('No.');
      },
    });
    expect(await screen.findByText('No permission')).toBeInTheDocument();
    expect(checkInstance).not.toHaveBeenCalled();
    expect(screen.queryByRole('tab')).not.toBeInTheDocument();
  });
});
