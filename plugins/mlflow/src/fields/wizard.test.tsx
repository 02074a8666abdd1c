import { screen, waitFor } from '@testing-library/react';
import { axe } from 'jest-axe';
import { ALL_FIELDS, renderWizard } from '../__testUtils__/renderWizard';

describe('all fields on one page', () => {
  it('need no more than a name, and lose no answer given at once', async () => {
    const { user, next, onCreate, container } = await renderWizard(ALL_FIELDS);
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: /Version line/ }),
      ).toHaveTextContent('line 3.17'),
    );
    await user.type(screen.getByRole('textbox', { name: /^Name/ }), 'demo');
    await screen.findByText(/The name is free/);
    expect(await axe(container)).toHaveNoViolations();
    await next();
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({
      platform: 'sandbox',
      name: 'demo',
      host: 'mlflow-demo.example.com',
      owner: 'group:default/team-a',
      size: 'S',
      defaultPermission: 'NO_PERMISSIONS',
      line: '3.17',
    });
  });
});
