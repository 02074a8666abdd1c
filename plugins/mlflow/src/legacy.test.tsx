import { createApp } from '@backstage/app-defaults';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createApiFactory } from '@backstage/core-plugin-api';
import { CatalogEntityPage, EntitySwitch } from '@backstage/plugin-catalog';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  FieldExtensionOptions,
  ScaffolderFieldExtensions,
  useCustomFieldExtensions,
} from '@backstage/plugin-scaffolder-react';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MLFLOW_INSTANCE_ANNOTATION } from 'backstage-plugin-mlflow-common';
import { axe } from 'jest-axe';
import { Route, Routes } from 'react-router-dom';
import {
  EntityMlflowCard,
  EntityMlflowContent,
  isMlflowInstance,
  mlflowApiRef,
  MlflowHostFieldExtension,
  MlflowLineFieldExtension,
  MlflowNameFieldExtension,
  MlflowOwnerFieldExtension,
  MlflowPage,
  MlflowPermissionFieldExtension,
  MlflowPlanFieldExtension,
  MlflowPlatformFieldExtension,
  MlflowSizeFieldExtension,
} from './legacy';
import { fakeApi, freshPlan } from './__testUtils__/fakeApi';
import { summary } from './__testUtils__/summaries';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'demo',
    namespace: 'default',
    annotations: { [MLFLOW_INSTANCE_ANNOTATION]: 'sandbox/demo' },
  },
};

const FIELDS = {
  platform: 'MlflowPlatform',
  name: 'MlflowName',
  host: 'MlflowHost',
  owner: 'MlflowOwner',
  size: 'MlflowSize',
  defaultPermission: 'MlflowPermission',
  line: 'MlflowLine',
  plan: 'MlflowPlan',
};

const page = (title: string, names: string[]) => ({
  title,
  schema: {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(FIELDS)
        .filter(([name]) => names.includes(name))
        .map(([name, field]) => [name, { type: 'string', 'ui:field': field }]),
    ),
  },
});

/** The plan has a page of its own, as in the template. */
const manifest = {
  title: 'MLflow',
  steps: [
    page(
      'Instance',
      Object.keys(FIELDS).filter(name => name !== 'plan'),
    ),
    page('Plan', ['plan']),
  ],
};

const onCreate = jest.fn(async () => {});

const Wizard = () => {
  const extensions = useCustomFieldExtensions<FieldExtensionOptions>(
    <ScaffolderFieldExtensions>
      <MlflowPlatformFieldExtension />
      <MlflowNameFieldExtension />
      <MlflowHostFieldExtension />
      <MlflowOwnerFieldExtension />
      <MlflowSizeFieldExtension />
      <MlflowPermissionFieldExtension />
      <MlflowLineFieldExtension />
      <MlflowPlanFieldExtension />
    </ScaffolderFieldExtensions>,
  );
  return (
    <Stepper manifest={manifest} extensions={extensions} onCreate={onCreate} />
  );
};

function openLegacyApp(path: string) {
  window.history.replaceState({}, '', path);
  const app = createApp({
    configLoader: async () => [
      {
        context: 'test',
        data: {
          app: { title: 'Legacy', baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost:7007' },
        },
      },
    ],
    apis: [
      createApiFactory(
        mlflowApiRef,
        fakeApi({ getInstances: async () => [summary({ name: 'first' })] }),
      ),
      createApiFactory(catalogApiRef, catalogApiMock({ entities: [entity] })),
    ],
  });
  const Root = app.createRoot(
    <AppRouter>
      <FlatRoutes>
        <Route
          path="/catalog/:namespace/:kind/:name"
          element={<CatalogEntityPage />}
        >
          <EntitySwitch>
            <EntitySwitch.Case if={isMlflowInstance}>
              <Routes>
                <Route path="/" element={<EntityMlflowCard />} />
                <Route path="/mlflow" element={<EntityMlflowContent />} />
              </Routes>
            </EntitySwitch.Case>
          </EntitySwitch>
        </Route>
        <Route path="/mlflow" element={<MlflowPage />} />
        <Route path="/form" element={<Wizard />} />
      </FlatRoutes>
    </AppRouter>,
  );
  return render(<Root />);
}

describe('the plugin in an app on the legacy frontend system', () => {
  it('shows the card on the page of an instance', async () => {
    const { container } = openLegacyApp('/catalog/default/component/demo');
    expect(
      await screen.findByRole('link', { name: /Open MLflow/ }),
    ).toHaveAttribute('href', 'https://mlflow-demo.example.com/');
    expect(screen.getByText('2 of 2 ready')).toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  it('shows the tab on the page of an instance', async () => {
    const { container } = openLegacyApp(
      '/catalog/default/component/demo/mlflow?section=history',
    );
    expect(await screen.findByText('Upgrade complete')).toBeInTheDocument();
    const ours = screen.getByRole('tabpanel', { name: 'History' });
    expect(container).toContainElement(ours);
    expect(await axe(ours)).toHaveNoViolations();
  });

  it('shows the page of all instances, with a title', async () => {
    openLegacyApp('/mlflow');
    expect(await screen.findByRole('link', { name: 'first' })).toHaveAttribute(
      'href',
      '/catalog/default/component/first',
    );
    expect(screen.getByText('MLflow instances')).toBeInTheDocument();
  });

  it('has all fields of the template, and they check', async () => {
    const user = userEvent.setup();
    openLegacyApp('/form');
    await waitFor(() =>
      expect(
        screen.getByRole('button', { name: /Version line/ }),
      ).toHaveTextContent('line 3.17'),
    );
    const name = screen.getByRole('textbox', { name: /^Name/ });
    await user.type(name, 'taken');
    await user.click(screen.getByRole('button', { name: 'Next' }));
    // In the form's own list of errors, so that the check on Next has ended.
    expect(
      await screen.findByText(/'Name' Team B has an instance/),
    ).toBeInTheDocument();
    await user.clear(name);
    await user.type(name, 'demo');
    await user.click(screen.getByRole('button', { name: 'Next' }));
    await screen.findByText(/This is what will be made/);
    await user.click(screen.getByRole('button', { name: 'Review' }));
    await user.click(await screen.findByRole('button', { name: 'Create' }));
    expect(onCreate).toHaveBeenCalledWith({
      platform: 'sandbox',
      name: 'demo',
      host: 'mlflow-demo.example.com',
      owner: 'group:default/team-a',
      size: 'S',
      defaultPermission: 'NO_PERMISSIONS',
      line: '3.17',
      plan: freshPlan.digest,
    });
  });
});
