import { ServiceUnavailableError } from '@backstage/errors';
import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import { renderWizard } from '../../__testUtils__/renderWizard';

const select = () => screen.getByRole('button', { name: /Owner/ });

const owners = (any: boolean, ...refs: string[]) => ({
  api: {
    getOwners: async () => ({
      any,
      owners: refs,
      instanceGroups: any ? ['mlflow-demo-users'] : [],
    }),
  },
});

describe('MlflowOwner', () => {
  it("chooses the user's only group by itself", async () => {
    const { container, next, user, onCreate } = await renderWizard(['owner']);
    await waitFor(() => expect(select()).toHaveTextContent('team-a'));
    expect(await axe(container)).toHaveNoViolations();
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({ owner: 'group:default/team-a' });
  });

  it('offers several groups and no others', async () => {
    const { user } = await renderWizard(
      ['owner'],
      owners(false, 'group:default/team-a', 'group:other/team-c'),
    );
    await waitFor(() => expect(select()).toBeEnabled());
    await user.click(select());
    expect(
      (await screen.findAllByRole('option')).map(one => one.textContent),
    ).toEqual(['team-a', 'other/team-c']);
  });

  it('lets a platform admin find any group by typing', async () => {
    const { user, next, onCreate, container } = await renderWizard(
      ['owner'],
      owners(true),
    );
    const box = await screen.findByRole('combobox', { name: /Owner/ });
    expect(await axe(container)).toHaveNoViolations();
    await user.type(box, 'team-b');
    await waitFor(() =>
      expect(screen.getAllByRole('option').map(one => one.textContent)).toEqual(
        [expect.stringContaining('Team B')],
      ),
    );
    await user.click(screen.getByRole('option'));
    expect(box).toHaveValue('Team B');
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({ owner: 'group:default/team-b' });
  });

  it('finds no group of an instance, and takes none', async () => {
    const { user, next } = await renderWizard(['owner'], {
      ...owners(true),
      given: { owner: 'group:default/mlflow-demo-users' },
    });
    const box = await screen.findByRole('combobox', { name: /Owner/ });
    await next();
    expect(
      (await screen.findAllByText(/says who may use an instance/)).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
    await user.clear(box);
    await waitFor(() =>
      expect(screen.getAllByRole('option').map(one => one.textContent)).toEqual(
        ['platform', 'team-a', expect.stringContaining('Team B')],
      ),
    );
  });

  it.each<[string, Parameters<typeof renderWizard>[1], RegExp]>([
    ['the user is in no group', owners(false), /in no group that can own/],
    [
      'the groups cannot be loaded',
      {
        api: {
          getOwners: async () => {
            throw new ServiceUnavailableError('The backend is down.');
          },
        },
      },
      /The backend is down/,
    ],
  ])('says so when %s', async (_when, options, said) => {
    const { container } = await renderWizard(['owner'], options);
    expect(await screen.findByText(said)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('does not go on with a group of others', async () => {
    const { next } = await renderWizard(['owner'], {
      given: { owner: 'group:default/team-b' },
    });
    await waitFor(() => expect(select()).toBeEnabled());
    await next();
    expect(
      (await screen.findAllByText(/cannot choose this group/)).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});
