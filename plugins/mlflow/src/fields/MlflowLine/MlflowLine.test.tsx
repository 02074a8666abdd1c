import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import { readyPlatform } from '../../__testUtils__/fakeApi';
import { renderWizard } from '../../__testUtils__/renderWizard';

const given = { platform: 'sandbox' };
const select = () => screen.getByRole('button', { name: /Version line/ });

describe('MlflowLine', () => {
  it("chooses the platform's default line", async () => {
    const { container, next, user, onCreate } = await renderWizard(['line'], {
      given,
    });
    await waitFor(() =>
      expect(select()).toHaveTextContent('MLflow 3.17.2 (line 3.17)'),
    );
    expect(screen.queryByText('Known security holes')).toBeNull();
    expect(await axe(container)).toHaveNoViolations();
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({ ...given, line: '3.17' });
  });

  it('warns of a line with known holes, before and after the choice', async () => {
    const { user, container } = await renderWizard(['line'], { given });
    await waitFor(() => expect(select()).toBeEnabled());
    await user.click(select());
    const insecure = await screen.findByRole('option', { name: /line 3\.6/ });
    expect(insecure).toHaveTextContent('Has known security holes');
    await user.click(insecure);
    expect(
      await screen.findByText('Unsigned tokens are accepted.'),
    ).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('waits for the platform', async () => {
    await renderWizard(['line']);
    expect(select()).toBeDisabled();
    expect(select()).toHaveTextContent('Choose a platform first.');
  });

  it('takes the default instead of a line that the platform lacks', async () => {
    const only = { ...readyPlatform, lines: readyPlatform.lines.slice(0, 1) };
    await renderWizard(['line'], {
      given: { ...given, line: '3.6' },
      api: { getPlatforms: async () => [only] },
    });
    await waitFor(() => expect(select()).toHaveTextContent('line 3.17'));
  });
});
