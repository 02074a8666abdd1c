import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  InstanceCondition,
  InstancePhase,
  InstanceStatus,
} from 'backstage-plugin-mlflow-common';
import { axe } from 'jest-axe';
import { MlflowApi } from '../../api';
import { readyStatus } from '../../__testUtils__/fakeApi';
import { newFinding, redirectFinding } from '../../__testUtils__/findings';
import { renderForEntity } from '../../__testUtils__/renderForEntity';
import { MlflowCard } from './MlflowCard';

const renderCard = (getStatus: MlflowApi['getStatus']) =>
  renderForEntity(<MlflowCard />, { getStatus });

const answer = (change: Partial<InstanceStatus>) => async () => ({
  ...readyStatus,
  ...change,
});

const fail = (error: Error) => async (): Promise<never> => {
  throw error;
};

const failedDatabase: InstanceCondition = {
  type: 'Database',
  status: 'False' as const,
  reason: 'LoginFailed',
  message: 'The role cannot log in.',
};

describe('MlflowCard', () => {
  it.each<[string, MlflowApi['getStatus'], (string | RegExp)[], string[]]>([
    [
      'loading',
      () => new Promise<never>(() => {}),
      ['Loading the status of MLflow'],
      ['Open MLflow'],
    ],
    [
      'ready',
      answer({}),
      [
        'Ready',
        'MLflow answers and people can log in.',
        '2 of 2 ready',
        'MLflow 3.17.2, mlflow-oidc-auth 11.0.2 (line 3.17)',
        'team-a',
        'sandbox',
        'Open MLflow',
        'Permissions',
      ],
      ['This version has known security holes', 'What is wrong'],
    ],
    [
      'progressing',
      answer({
        phase: 'Progressing',
        message: 'Step 3 of 8.',
        replicas: { wanted: 2, ready: 0 },
      }),
      ['In progress', 'Step 3 of 8.', '0 of 2 ready'],
      ['What is wrong'],
    ],
    [
      'degraded',
      answer({
        phase: 'Degraded',
        reason: 'ReplicaDown',
        message: 'One of two replicas is down.',
        replicas: { wanted: 2, ready: 1 },
      }),
      ['Degraded', 'Reason: ReplicaDown', '1 of 2 ready'],
      [],
    ],
    [
      'failed',
      answer({
        phase: 'Failed',
        reason: 'DatabaseLogin',
        message: 'MLflow cannot log in to PostgreSQL; rotate the password.',
        conditions: [...readyStatus.conditions, failedDatabase],
      }),
      [
        'Failed',
        'Reason: DatabaseLogin',
        'MLflow cannot log in to PostgreSQL; rotate the password.',
        'Database: The role cannot log in.',
      ],
      ['Database: Reachable'],
    ],
    [
      'unknown',
      answer({
        phase: 'Unknown',
        reason: 'ClusterSilent',
        message: 'The cluster does not answer.',
      }),
      ['Unknown', 'Reason: ClusterSilent'],
      [],
    ],
    [
      'on an insecure line',
      answer({
        versions: { ...readyStatus.versions, warning: 'Unsigned tokens.' },
      }),
      ['This version has known security holes', 'Unsigned tokens.'],
      [],
    ],
    [
      'of a cluster that is silent',
      answer({
        staleReason: 'Kubernetes: no answer.',
        observedAt: new Date().toISOString(),
      }),
      [/^The cluster was last heard of at .*; what is shown is of then\.$/],
      [],
    ],
    [
      'missing',
      fail(new NotFoundError('raw text of the backend')),
      ['No such instance'],
      ['raw text of the backend', 'Try again', 'Open MLflow'],
    ],
    [
      'forbidden',
      fail(new NotAllowedError('raw text of the backend')),
      ['No permission'],
      ['raw text of the backend', 'Try again', 'Open MLflow'],
    ],
    [
      'unreachable',
      fail(new ServiceUnavailableError('The MLflow backend is down.')),
      ['The status is not known', 'The MLflow backend is down.', 'Try again'],
      ['Open MLflow'],
    ],
  ])('shows an instance %s', async (_state, getStatus, shown, hidden) => {
    const { container } = renderCard(getStatus);
    for (const text of shown) {
      expect(await screen.findByText(text)).toBeInTheDocument();
    }
    for (const text of hidden) {
      expect(screen.queryByText(text)).not.toBeInTheDocument();
    }
    expect(await axe(container)).toHaveNoViolations();
  });

  it('links to MLflow, the permissions UI and the owner', async () => {
    renderCard(answer({}));
    expect(
      await screen.findByRole('link', { name: /Open MLflow/ }),
    ).toHaveAttribute('href', 'https://mlflow-demo.example.com/');
    expect(screen.getByRole('link', { name: /Permissions/ })).toHaveAttribute(
      'href',
      'https://mlflow-demo.example.com/oidc/ui/',
    );
    expect(screen.getByRole('link', { name: 'team-a' })).toHaveAttribute(
      'href',
      '/catalog/default/group/team-a',
    );
  });

  it.each<[InstancePhase, boolean]>([
    ['Progressing', true],
    ['Failed', true],
    ['Ready', false],
    ['Degraded', false],
  ])('while %s, links to the task: %s', async (phase, linked) => {
    renderCard(answer({ phase }));
    await screen.findByRole('link', { name: /Open MLflow/ });
    const link = screen.queryByRole('link', { name: 'Show the task' });
    expect(link?.getAttribute('href')).toBe(
      linked ? '/create/tasks/task-1' : undefined,
    );
  });

  it.each(['StepFailed', 'RunStalled', 'UndoFailed', 'Undone', 'PodCrashes'])(
    'offers to continue or undo after %s, where a run came to a stop',
    async reason => {
      renderCard(answer({ phase: 'Failed', reason }));
      await screen.findByRole('link', { name: /Open MLflow/ });
      const hrefOf = (name: string) =>
        screen.queryByRole('link', { name })?.getAttribute('href') ?? undefined;
      const formOf = (template: string) =>
        reason === 'PodCrashes'
          ? undefined
          : `/create/templates/default/${template}?formData=%7B%22instance%22%3A%22sandbox%2Fdemo%22%7D`;
      expect(hrefOf('Continue')).toBe(formOf('mlflow-resume'));
      expect(hrefOf('Undo')).toBe(formOf('mlflow-undo'));
    },
  );

  it('tells the gravest finding and leads to the others', async () => {
    const { container } = renderCard(
      answer({
        phase: 'Degraded',
        message: `${redirectFinding.title} ${redirectFinding.remedy}`,
        findings: [redirectFinding, newFinding, newFinding],
        conditions: [failedDatabase],
      }),
    );
    expect(await screen.findByText(redirectFinding.title)).toBeInTheDocument();
    expect(screen.getByText(redirectFinding.remedy)).toBeInTheDocument();
    expect(screen.getByText('and 2 more findings')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Show all about it' }),
    ).toHaveAttribute('href', '/catalog/default/component/demo/mlflow');
    expect(screen.queryByText(newFinding.title)).not.toBeInTheDocument();
    expect(screen.queryByText('What is wrong')).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('says of when it is what the cluster no longer tells', async () => {
    renderCard(answer({}));
    expect(
      await screen.findByText(/The cluster was last heard of at/),
    ).toBeInTheDocument();
  });

  it('does not when it is fresh', async () => {
    renderCard(answer({ observedAt: new Date().toISOString() }));
    await screen.findByText('Ready');
    expect(screen.queryByText(/last heard of/)).not.toBeInTheDocument();
  });

  it('asks again when the user tries again', async () => {
    const getStatus = jest
      .fn(answer({}))
      .mockRejectedValueOnce(new ServiceUnavailableError('Down.'));
    renderCard(getStatus);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(await screen.findByText('Ready')).toBeInTheDocument();
    await waitFor(() => expect(getStatus).toHaveBeenCalledTimes(2));
    expect(getStatus).toHaveBeenCalledWith('component:default/demo');
  });
});
