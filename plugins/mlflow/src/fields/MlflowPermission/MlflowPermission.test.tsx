import { screen } from '@testing-library/react';
import { axe } from 'jest-axe';
import { renderWizard } from '../../__testUtils__/renderWizard';

describe('MlflowPermission', () => {
  it('explains each choice and begins with the safest', async () => {
    const { container } = await renderWizard(['defaultPermission']);
    expect(await screen.findByRole('radio', { name: /^None/ })).toBeChecked();
    for (const explained of [
      /Nobody sees what was not shared/,
      /Everybody sees all runs/,
      /Everybody sees and changes everything/,
      /Everybody changes, deletes and shares/,
    ]) {
      expect(screen.getByText(explained)).toBeInTheDocument();
    }
    expect(await axe(container)).toHaveNoViolations();
  });

  it.each([
    ['None', 'NO_PERMISSIONS'],
    ['Read', 'READ'],
    ['Edit', 'EDIT'],
    ['Manage', 'MANAGE'],
  ])('gives for %s: %s', async (title, given) => {
    const { user, next, onCreate } = await renderWizard(['defaultPermission']);
    await user.click(screen.getByRole('radio', { name: RegExp(`^${title}`) }));
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({ defaultPermission: given });
  });
});
