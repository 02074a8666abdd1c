import { useApi } from '@backstage/frontend-plugin-api';
import {
  createExtensionTester,
  renderInTestApp,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import {
  formFieldsApiRef,
  scaffolderTemplateOutputsBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { screen, within } from '@testing-library/react';
import useAsync from 'react-use/esm/useAsync';
import { MLFLOW_INSTANCE_ANNOTATION } from 'backstage-plugin-mlflow-common';
import { MlflowApi, mlflowApiRef } from './api';
import { connectOutputs } from './extensions/scaffolder';
import mlflowPlugin from './index';
import { fakeApi, readyStatus } from './__testUtils__/fakeApi';
import { newFinding, redirectFinding } from './__testUtils__/findings';
import { summary } from './__testUtils__/summaries';

const instance = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'demo',
    namespace: 'default',
    annotations: { [MLFLOW_INSTANCE_ANNOTATION]: 'sandbox/demo' },
    links: [{ url: 'https://mlflow-demo.example.com/oidc/ui/' }],
  },
  spec: { type: 'mlflow', lifecycle: 'production', owner: 'team-a' },
};

const other = {
  ...instance,
  metadata: { name: 'other', namespace: 'default' },
};

/** All of an app's modules are compiled first, by a machine that does more. */
const FIRST_LOAD = { timeout: 40_000 };

const open = (path: string, api: Partial<MlflowApi> = {}, language = 'en') => {
  // Where the app keeps what somebody chose.
  window.localStorage.setItem('language', language);
  return renderTestApp({
    features: [catalogPlugin, scaffolderPlugin, mlflowPlugin],
    initialRouteEntries: [path],
    config: {
      backend: { baseUrl: 'http://localhost:7007' },
      app: {
        baseUrl: 'http://localhost:3000',
        extensions: [
          {
            'api:app/app-language': {
              config: {
                availableLanguages: ['en', 'de'],
              },
            },
          },
        ],
      },
    },
    apis: [
      [catalogApiRef, catalogApiMock({ entities: [instance, other] })],
      [mlflowApiRef, fakeApi(api)],
    ],
  });
};

const openEntity = (name: string, api?: Partial<MlflowApi>) =>
  open(`/catalog/default/component/${name}`, api);

async function aboutLinks() {
  const about = await screen.findByText('About', {}, FIRST_LOAD);
  const links = () =>
    screen
      .getAllByRole('link')
      .map(link => [
        link.textContent?.replace(/, opens in a new .*/i, ''),
        link.getAttribute('href'),
      ]);
  expect(about).toBeInTheDocument();
  return links;
}

/** The places in a flex container that what holds an element asks for. */
function orders(element: HTMLElement | null): string[] {
  return element ? [element.style.order, ...orders(element.parentElement)] : [];
}

describe('mlflowPlugin in an app with catalog and scaffolder', () => {
  it('shows card, links and the task of an instance', async () => {
    openEntity('demo', {
      getStatus: async () => ({ ...readyStatus, phase: 'Progressing' }),
    });
    const links = await aboutLinks();
    const state = await screen.findByText('In progress');
    expect(links()).toEqual(
      expect.arrayContaining([
        ['MLflow', readyStatus.urls.mlflow],
        ['Permissions', readyStatus.urls.permissions],
        ['Show the task', '/create/tasks/task-1'],
      ]),
    );
    expect(orders(state)).toContain('-1');
    expect(orders(screen.getByText('About'))).not.toContain('-1');
  });

  it('links to MLflow also when the status is not known', async () => {
    openEntity('demo', {
      getStatus: async () => {
        throw new Error('down');
      },
    });
    const links = await aboutLinks();
    await screen.findByText('The status is not known');
    expect(links()).toEqual(
      expect.arrayContaining([
        ['MLflow', readyStatus.urls.mlflow],
        ['Permissions', readyStatus.urls.permissions],
      ]),
    );
  });

  it('leaves other entities alone', async () => {
    const getStatus = jest.fn(async () => readyStatus);
    openEntity('other', { getStatus });
    await aboutLinks();
    expect(
      within(document.body).queryByText('Permissions'),
    ).not.toBeInTheDocument();
    expect(getStatus).not.toHaveBeenCalled();
  });
});

describe('mlflowPlugin on pages of its own', () => {
  it('has a tab on the page of an instance, and sections by address', async () => {
    open('/catalog/default/component/demo/mlflow?section=events');
    expect(
      await screen.findByText('Back-off restarting failed container'),
    ).toBeInTheDocument();
    expect(screen.getByRole('tab', { name: 'Events' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  it('has a page of all instances', async () => {
    open('/mlflow', {
      getInstances: async () => [summary({ name: 'first' })],
    });
    expect(await screen.findByRole('link', { name: 'first' })).toHaveAttribute(
      'href',
      '/catalog/default/component/first',
    );
  });

  it('speaks German, and leaves to the backend what it has no words for', async () => {
    open(
      '/catalog/default/component/demo/mlflow',
      {
        getStatus: async () => ({
          ...readyStatus,
          phase: 'Degraded',
          findings: [redirectFinding, newFinding],
        }),
      },
      'de',
    );
    expect(
      await screen.findByText(
        /Keycloak schickt niemanden zu https:\/\/demo\.example\.com\/callback zurück: Der Client mlflow-demo/,
        {},
        FIRST_LOAD,
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Eingeschränkt')).toBeInTheDocument();
    expect(screen.getByText(newFinding.title)).toBeInTheDocument();
  });
});

describe('extensions for the scaffolder', () => {
  it('are all known to it', async () => {
    const FieldNames = () => {
      const api = useApi(formFieldsApiRef);
      const { value } = useAsync(() => api.loadFormFields(), [api]);
      return <>{value?.map(field => Reflect.get(field, 'name')).join(' ')}</>;
    };
    renderInTestApp(<FieldNames />, {
      features: [scaffolderPlugin, mlflowPlugin],
    });
    const names = await screen.findByText(/MlflowName/);
    for (const name of [
      'Host',
      'Owner',
      'Plan',
      'Platform',
      'Size',
      'Permission',
    ]) {
      expect(names).toHaveTextContent(`Mlflow${name}`);
    }
    expect(names).toHaveTextContent('MlflowLine');
  });

  it('the result page is that of our template alone', () => {
    const refs = createExtensionTester(connectOutputs).get(
      scaffolderTemplateOutputsBlueprint.dataRefs.templateRefs,
    );
    expect(refs).toEqual(['template:default/mlflow-instance']);
  });
});
