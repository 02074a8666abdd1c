import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { readyStatus } from '../../__testUtils__/fakeApi';
import { DEMO_REF, renderForEntity } from '../../__testUtils__/renderForEntity';
import { someLog, someWorkload } from '../../__testUtils__/views';
import { MlflowApi } from '../../api';
import { InstanceLogs } from './InstanceLogs';

const renderLogs = (api: Partial<MlflowApi> = {}) =>
  renderForEntity(
    <InstanceLogs entityRef={DEMO_REF} status={readyStatus} />,
    api,
  );

const theLog = () => screen.findByRole('region', { name: /^Log of/ });

describe('InstanceLogs', () => {
  it('explains known lines in their place', async () => {
    const { container } = renderLogs();
    expect(await theLog()).toHaveTextContent(
      'User is not allowed to login.Somebody is in none of the groups',
    );
    expect(screen.getByText(/Older lines are left out/)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('finds lines by their text', async () => {
    renderLogs();
    await theLog();
    await userEvent.type(screen.getByRole('searchbox'), 'UVICORN');
    const log = await theLog();
    expect(log).toHaveTextContent('Uvicorn running');
    expect(log).not.toHaveTextContent('Authorization error');
    await userEvent.type(screen.getByRole('searchbox'), 'x');
    expect(await screen.findByText(/No line holds/)).toBeInTheDocument();
  });

  it('reads on from the last line while it follows, and stops when paused', async () => {
    const getLogs = jest.fn(async () => ({
      ...someLog,
      truncated: false,
      lines: [{ time: '2026-01-01T00:00:03.000Z', text: 'a newer line' }],
    }));
    getLogs.mockResolvedValueOnce(someLog);
    renderLogs({ getLogs });
    expect(await screen.findByText('a newer line')).toBeInTheDocument();
    expect(getLogs.mock.calls.slice(0, 2)).toEqual([
      [
        DEMO_REF,
        {
          pod: 'mlflow-demo-7d9-abc',
          container: 'mlflow',
          previous: false,
          lines: 500,
        },
      ],
      [
        DEMO_REF,
        {
          pod: 'mlflow-demo-7d9-abc',
          container: 'mlflow',
          previous: false,
          since: '2026-01-01T00:00:02.000Z',
        },
      ],
    ]);
    expect(screen.getByText(/Older lines are left out/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Follow' })).toBeVisible(),
    );
    const asked = getLogs.mock.calls.length;
    await new Promise(resolve => {
      setTimeout(resolve, 2500);
    });
    expect(getLogs.mock.calls.length).toBe(asked);
    expect(screen.getByText('a newer line')).toBeInTheDocument();
  });

  it('reads what was before the last restart, and of a Job', async () => {
    const getLogs = jest.fn(async () => someLog);
    renderLogs({ getLogs });
    await userEvent.click(
      await screen.findByRole('switch', { name: 'Before the last restart' }),
    );
    await waitFor(() =>
      expect(getLogs).toHaveBeenCalledWith(
        DEMO_REF,
        expect.objectContaining({ previous: true }),
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: /Pod/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: /mlflow-db-migration/ }),
    );
    await waitFor(() =>
      expect(getLogs).toHaveBeenCalledWith(
        DEMO_REF,
        expect.objectContaining({
          pod: 'mlflow-db-migration-xyz',
          container: 'migration',
          previous: false,
        }),
      ),
    );
  });

  it('saves what it shows', async () => {
    const saved: Blob[] = [];
    URL.createObjectURL = blob => {
      if (blob instanceof Blob) {
        saved.push(blob);
      }
      return 'blob:x';
    };
    URL.revokeObjectURL = () => {};
    jest.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
    renderLogs();
    await theLog();
    await userEvent.click(screen.getByRole('button', { name: 'Download' }));
    expect(saved).toHaveLength(1);
    expect(await saved[0].text()).toBe(
      someLog.lines.map(line => `${line.time} ${line.text}\n`).join(''),
    );
  });

  it('says that there is no pod', async () => {
    renderLogs({ getWorkload: async () => ({ ...someWorkload, pods: [] }) });
    expect(await screen.findByText(/There is no pod/)).toBeInTheDocument();
  });
});
