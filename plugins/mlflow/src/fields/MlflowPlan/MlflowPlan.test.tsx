import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { screen, waitFor, within } from '@testing-library/react';
import { InstancePlan } from 'backstage-plugin-mlflow-common';
import { axe } from 'jest-axe';
import { MlflowApi } from '../../api';
import { freshPlan } from '../../__testUtils__/fakeApi';
import { renderManifest } from '../../__testUtils__/renderWizard';

const given = {
  platform: 'sandbox',
  name: 'demo',
  owner: 'group:default/team-a',
  replicas: 2,
  metrics: false,
};

const NEEDED = /It goes on with a plan in which nothing is in the way/;

/** The last page of the template. */
const open = (
  getPlan: MlflowApi['getPlan'],
  answers: Record<string, string | number | boolean> = given,
) =>
  renderManifest(
    {
      title: 'MLflow',
      steps: [
        {
          title: 'Plan',
          schema: {
            type: 'object',
            properties: {
              plan: {
                title: 'Plan',
                type: 'string',
                'ui:field': 'MlflowPlan',
              },
            },
          },
        },
      ],
    },
    { api: { getPlan }, given: answers },
  );

const blocked: InstancePlan = {
  ...freshPlan,
  counts: { ...freshPlan.counts, create: 2, conflict: 1 },
  steps: freshPlan.steps.map(step =>
    step.step === 'database'
      ? {
          ...step,
          changes: [
            {
              system: 'PostgreSQL',
              object: 'role mlflow_demo',
              action: 'conflict',
              detail: 'was made by somebody else: it bears no mark',
              found: 'no mark',
            },
            step.changes[1],
          ],
        }
      : step,
  ),
  conflicts: [
    {
      system: 'PostgreSQL',
      object: 'role mlflow_demo',
      action: 'conflict',
      detail: 'was made by somebody else: it bears no mark',
      found: 'no mark',
    },
  ],
};

const section = () => screen.getByRole('region', { name: 'Plan' });

describe('MlflowPlan', () => {
  it('shows what will be made, folded by system, and lets go on with its digest', async () => {
    const getPlan = jest.fn(async () => freshPlan);
    const { container, next, onCreate, user } = await open(getPlan);
    expect(
      await screen.findByText(/This is what will be made/),
    ).toBeInTheDocument();
    expect(
      screen.getByText('3 to create · 1 stays as it is'),
    ).toBeInTheDocument();
    expect(screen.getByText(/With one replica/)).toBeInTheDocument();
    const postgres = screen.getByRole('button', { name: /PostgreSQL/ });
    expect(postgres).toHaveAttribute('aria-expanded', 'false');
    expect(postgres).toHaveTextContent('2 to create');
    await user.click(postgres);
    expect(screen.getByText('Create role mlflow_demo')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    expect(getPlan).toHaveBeenCalledTimes(1);
    expect(getPlan).toHaveBeenCalledWith(given);
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({ ...given, plan: freshPlan.digest });
  });

  it('says what it asks while it asks, and goes not on', async () => {
    const { container, next } = await open(() => new Promise(() => {}));
    expect(await screen.findByText('Making the plan')).toBeInTheDocument();
    expect(
      screen.getByText(
        /PostgreSQL, the object store and the registry are asked/,
      ),
    ).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
    await next();
    expect((await screen.findAllByText(NEEDED)).length).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('shows what is in the way first, with what to do, and goes not on', async () => {
    const { container, next } = await open(async () => blocked);
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Something is in the way');
    expect(alert).toHaveTextContent(
      'PostgreSQL: role mlflow_demo: was made by somebody else: it bears no mark',
    );
    expect(alert).toHaveTextContent(/Choose another name or host/);
    expect(section().firstElementChild?.firstElementChild).toBe(alert);
    // Unfolded, since that is what one looks for.
    expect(screen.getByRole('button', { name: /PostgreSQL/ })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
    expect(await axe(container)).toHaveNoViolations();
    await next();
    expect((await screen.findAllByText(NEEDED)).length).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('drops the digest of a plan that no longer holds', async () => {
    const { next } = await open(async () => blocked, {
      ...given,
      plan: freshPlan.digest,
    });
    await screen.findByRole('alert');
    await next();
    expect((await screen.findAllByText(NEEDED)).length).toBeGreaterThan(0);
  });

  it('shows what could not be asked, and lets go on all the same', async () => {
    const problem = 'Keycloak: could not list groups: no answer.';
    const { container, next } = await open(async () => ({
      ...freshPlan,
      steps: [
        ...freshPlan.steps,
        {
          step: 'identity',
          title: 'Make client and groups in Keycloak',
          system: 'Keycloak',
          changes: [],
          problem,
        },
      ],
    }));
    expect(await screen.findByText(problem)).toBeInTheDocument();
    expect(
      screen.getByText('Not everything could be asked'),
    ).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
    await next();
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });

  it('goes not on when nothing could be asked', async () => {
    const { next } = await open(async () => ({
      ...freshPlan,
      steps: [
        { ...freshPlan.steps[0], changes: [], problem: 'Kubernetes: is away.' },
      ],
    }));
    await screen.findByText('Kubernetes: is away.');
    await next();
    expect((await screen.findAllByText(NEEDED)).length).toBeGreaterThan(0);
  });

  it.each<[string, Partial<InstancePlan>, RegExp]>([
    ['goes on with it', {}, /makes what is missing and mends what has drifted/],
    [
      'has nothing to do',
      { counts: { create: 0, update: 0, keep: 4, conflict: 0 } },
      /The run changes nothing/,
    ],
  ])(
    'says of an instance that exists that the run %s',
    async (_, changes, said) => {
      await open(async () => ({ ...freshPlan, exists: true, ...changes }));
      expect(await screen.findByText(said)).toBeInTheDocument();
    },
  );

  it('names what takes MLflow out of service', async () => {
    const { container } = await open(async () => ({
      ...freshPlan,
      steps: [
        {
          step: 'release',
          title: 'Deploy the server',
          system: 'Helm',
          changes: [
            {
              system: 'Helm',
              object: 'release mlflow-demo',
              action: 'update',
              detail: 'image; MLflow is away meanwhile',
              destructive: true,
            },
          ],
        },
      ],
    }));
    const note = (await screen.findAllByRole('note'))[0];
    expect(within(note).getByText(/^Helm: release mlflow-demo/)).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each<[string, Error, RegExp]>([
    [
      'no permission',
      new NotAllowedError('You are not a member of group:default/team-b.'),
      /^No permission/,
    ],
    [
      'answers that do not go together',
      Object.assign(new Error('Line 3.6 can have one replica only.'), {
        name: 'InputError',
      }),
      /^With these answers nothing can be made/,
    ],
  ])('says so when there is %s', async (_, error, title) => {
    const { container } = await open(async () => {
      throw error;
    });
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText(title)).toBeInTheDocument();
    expect(within(alert).getByText(error.message)).toBeInTheDocument();
    expect(within(alert).queryByRole('button')).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks again when the user tries again', async () => {
    const getPlan = jest
      .fn(async () => freshPlan)
      .mockRejectedValueOnce(
        new ServiceUnavailableError('The backend is down.'),
      );
    const { container, user } = await open(getPlan);
    expect(await screen.findByText('The backend is down.')).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText(/This is what will be made/),
    ).toBeInTheDocument();
  });

  it('waits for platform, name and owner', async () => {
    const getPlan = jest.fn(async () => freshPlan);
    const { container } = await open(getPlan, { platform: 'sandbox' });
    expect(
      await screen.findByText(/Choose platform, name and owner/),
    ).toBeInTheDocument();
    await waitFor(() => expect(getPlan).not.toHaveBeenCalled());
    expect(await axe(container)).toHaveNoViolations();
  });
});
