import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { renderWizard } from '../../__testUtils__/renderWizard';

describe('MlflowSize', () => {
  it('explains the sizes and begins with the smallest', async () => {
    const { container } = await renderWizard(['size']);
    expect(await screen.findByRole('radio', { name: /^S / })).toBeChecked();
    expect(
      screen.getByText(
        '1 worker · 100m to 2 CPU · 512Mi to 2Gi memory · 8Gi for uploads under way · 40 database connections · 100 GiB bucket',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/4 workers .* 2 TiB bucket/)).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('gives what was chosen', async () => {
    const { user, next, onCreate } = await renderWizard(['size']);
    await user.click(screen.getByRole('radio', { name: /^M / }));
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({ size: 'M' });
  });
});
