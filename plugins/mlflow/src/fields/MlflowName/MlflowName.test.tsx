import { ServiceUnavailableError } from '@backstage/errors';
import { act, screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { renderWizard } from '../../__testUtils__/renderWizard';

const given = { platform: 'sandbox' };
const field = () => screen.getByRole('textbox', { name: /^Name/ });

describe('MlflowName', () => {
  it.each([
    ['free', 'The name is free.'],
    ['mine', /^Yours, and not finished/],
    ['taken', 'Team B has an instance "taken".'],
    ['Upper', /must begin with a lower-case letter/],
    ['ends-', 'The name must not end with a hyphen.'],
    ['x-auth', /must not end with "auth"/],
    ['default', /is reserved/],
  ])('says of "%s" while typing: %s', async (name, said) => {
    const { user, container } = await renderWizard(['name'], { given });
    await user.type(field(), name);
    expect(await screen.findByText(said)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('asks once for what was typed, and not for what breaks the rules', async () => {
    const checkName = jest.fn(fakeApi().checkName);
    const { user } = await renderWizard(['name'], {
      given,
      api: { checkName },
    });
    await user.type(field(), 'demo');
    await screen.findByText(/The name is free/);
    await user.type(field(), '-');
    await screen.findByText('The name must not end with a hyphen.');
    expect(checkName.mock.calls).toEqual([['sandbox', 'demo']]);
  });

  it('lets no late answer stand for another name', async () => {
    const answers: Record<string, () => void> = {};
    const checkName = (_platform: string, name: string) =>
      new Promise<{ name: string; free: boolean; host: string }>(resolve => {
        answers[name] = () =>
          resolve({ name, free: name === 'ab', host: `${name}.example.com` });
      });
    const { user } = await renderWizard(['name'], {
      given,
      api: { checkName },
    });
    await user.type(field(), 'a');
    await waitFor(() => expect(answers.a).toBeDefined());
    await user.type(field(), 'b');
    await waitFor(() => expect(answers.ab).toBeDefined());
    await act(async () => answers.ab());
    await screen.findByText(/The name is free/);
    await act(async () => answers.a());
    expect(screen.getByText(/The name is free/)).toBeInTheDocument();
  });

  it('waits for the platform', async () => {
    const { user } = await renderWizard(['name']);
    await user.type(field(), 'demo');
    expect(
      await screen.findByText('Choose a platform first.'),
    ).toBeInTheDocument();
  });

  it('looks again on Next and goes on only with a free name', async () => {
    const { user, next } = await renderWizard(['name'], { given });
    await user.type(field(), 'taken');
    await next();
    // In the form's own list of errors, so that the check on Next has ended.
    expect(
      await screen.findByText(/'Name' Team B has an instance "taken"/),
    ).toBeInTheDocument();
    expect(field()).toBeInvalid();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
    await user.clear(field());
    await user.type(field(), 'demo');
    await next();
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });

  it('goes not on while nobody can say, and says why', async () => {
    const { user, next } = await renderWizard(['name'], {
      given,
      api: {
        checkName: async () => {
          throw new ServiceUnavailableError('Down.');
        },
      },
    });
    await user.type(field(), 'demo');
    expect(
      await screen.findByText(/checked again when you go on/),
    ).toBeInTheDocument();
    await next();
    expect(
      (await screen.findAllByText(/Try again in a moment/)).length,
    ).toBeGreaterThan(0);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});
