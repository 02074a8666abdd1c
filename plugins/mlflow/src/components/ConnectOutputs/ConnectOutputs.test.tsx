import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { ScaffolderTaskOutput } from '@backstage/plugin-scaffolder-common';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { axe } from 'jest-axe';
import { ConnectOutputs } from './ConnectOutputs';

const output: ScaffolderTaskOutput = {
  links: [
    { title: 'Open MLflow', url: 'https://mlflow-demo.example.com/' },
    { title: 'Permissions', url: 'https://mlflow-demo.example.com/oidc/ui/' },
    { title: 'Entity', entityRef: 'component:default/demo' },
  ],
};

const renderOutputs = (given?: ScaffolderTaskOutput) =>
  renderInTestApp(<ConnectOutputs output={given} />, {
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });

describe('ConnectOutputs', () => {
  it('links to MLflow, its permissions and the entity', async () => {
    const { container } = renderOutputs(output);
    const links = await screen.findAllByRole('link');
    expect(links.map(link => link.getAttribute('href'))).toEqual([
      'https://mlflow-demo.example.com/',
      'https://mlflow-demo.example.com/oidc/ui/',
      '/catalog/default/component/demo',
    ]);
    expect(await axe(container)).toHaveNoViolations();
  });

  it('copies the snippet, which holds the address and no secret', async () => {
    const user = userEvent.setup();
    const write = jest.spyOn(navigator.clipboard, 'writeText');
    renderOutputs(output);
    await user.click(await screen.findByRole('button', { name: 'Copy Shell' }));
    expect(await screen.findByText('Copied')).toBeInTheDocument();
    const [[copied]] = write.mock.calls;
    expect(copied).toContain(
      'MLFLOW_TRACKING_URI=https://mlflow-demo.example.com\n',
    );
    expect(copied).toContain("read -rsp 'Access token: '");
  });

  it('says so when the browser refuses to copy', async () => {
    const user = userEvent.setup();
    jest
      .spyOn(navigator.clipboard, 'writeText')
      .mockRejectedValue(new Error('not allowed'));
    renderOutputs(output);
    await user.click(
      await screen.findByRole('button', { name: 'Copy Python' }),
    );
    expect(await screen.findByText(/Could not copy/)).toBeInTheDocument();
  });

  it("leaves a task without an instance's address to the scaffolder", async () => {
    renderOutputs({ text: [{ title: 'Plan', content: 'nothing changes' }] });
    expect(await screen.findByText('nothing changes')).toBeInTheDocument();
    expect(screen.queryByText('Your MLflow server')).not.toBeInTheDocument();
  });
});
