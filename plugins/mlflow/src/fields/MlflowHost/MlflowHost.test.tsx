import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { renderWizard } from '../../__testUtils__/renderWizard';

const given = { platform: 'sandbox', name: 'demo' };
const field = () => screen.getByRole('textbox', { name: /^Host/ });

describe('MlflowHost', () => {
  it('shows the derived host and goes on without another', async () => {
    const { container, next } = await renderWizard(['host'], { given });
    expect(
      await screen.findByPlaceholderText('mlflow-demo.example.com'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('The address will be https://mlflow-demo.example.com/'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/below example\.com, example\.org/),
    ).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
    await next();
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });

  it.each([
    ['ml.example.org', 'The host is free.'],
    ['taken.example.com', 'The host is taken; choose another.'],
    ['ml.example.net', /must lie below example\.com or example\.org/],
    ['https://ml.example.com', /without scheme, port or path/],
  ])('says of "%s" while typing: %s', async (host, said) => {
    const { user, container } = await renderWizard(['host'], { given });
    await screen.findByPlaceholderText('mlflow-demo.example.com');
    await user.type(field(), host);
    expect(await screen.findByText(said)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
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
    await screen.findByPlaceholderText('mlflow-demo.example.com');
    await next();
    expect((await screen.findAllByText(said)).length).toBeGreaterThan(0);
    expect(field()).toBeInvalid();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });
});
