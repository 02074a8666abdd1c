import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import { renderWizard } from '../../__testUtils__/renderWizard';

const given = { platform: 'sandbox', name: 'demo' };
const derived = 'mlflow-demo.example.com';
const field = () => screen.getByRole('textbox', { name: /^Host/ });
const followed = (host: string) =>
  waitFor(() => expect(field()).toHaveValue(host));

describe('MlflowHost', () => {
  it('is the derived host, which the review shows, without asking', async () => {
    const { container, next, user, onCreate } = await renderWizard(['host'], {
      given,
    });
    await followed(derived);
    expect(
      await screen.findByText(
        `The host is free. The address will be https://${derived}/`,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/below example\.com, example\.org/),
    ).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
    await next();
    expect(await screen.findByText(derived)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({ ...given, host: derived });
  });

  it('follows the name until another is given', async () => {
    const { user } = await renderWizard(['name', 'host'], {
      given: { platform: 'sandbox' },
    });
    const name = screen.getByRole('textbox', { name: /^Name/ });
    await user.type(name, 'a');
    await followed('mlflow-a.example.com');
    await user.type(name, 'b-');
    await followed('');
    await user.type(name, 'c');
    await followed('mlflow-ab-c.example.com');
    await user.clear(field());
    await user.type(field(), 'own.example.org');
    await user.type(name, 'd');
    await screen.findByText(/https:\/\/own\.example\.org/);
    expect(field()).toHaveValue('own.example.org');
    await user.clear(field());
    expect(field()).toHaveValue('');
    await user.tab();
    await followed('mlflow-ab-cd.example.com');
  });

  it.each([
    ['ml.example.org', /^The host is free\./],
    ['taken.example.com', 'The host is taken; choose another.'],
    ['ml.example.net', /must lie below example\.com or example\.org/],
    ['https://ml.example.com', /without scheme, port or path/],
  ])('says of "%s" while typing: %s', async (host, said) => {
    const { user, container } = await renderWizard(['host'], { given });
    await followed(derived);
    await user.clear(field());
    await user.type(field(), host);
    expect(await screen.findByText(said)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('knows the host of the own instance that is not finished', async () => {
    await renderWizard(['host'], { given: { ...given, name: 'mine' } });
    await followed('mlflow-mine.example.com');
    expect(
      await screen.findByText(/your own instance that is not finished/),
    ).toBeInTheDocument();
  });

  it('waits for the platform', async () => {
    const { user } = await renderWizard(['host'], { given: { name: 'demo' } });
    await user.type(field(), 'ml.example.com');
    expect(
      await screen.findByText('Choose a platform first.'),
    ).toBeInTheDocument();
  });

  it.each([
    ['taken.example.com', /The host is taken/],
    ['ml.example.net', /must lie below/],
  ])('does not go on with "%s"', async (host, said) => {
    const { next } = await renderWizard(['host'], {
      given: { ...given, host },
    });
    await screen.findByText(said);
    await next();
    expect((await screen.findAllByText(said)).length).toBeGreaterThan(0);
    expect(field()).toBeInvalid();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});
