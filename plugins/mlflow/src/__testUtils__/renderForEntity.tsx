import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { MLFLOW_INSTANCE_ANNOTATION } from 'backstage-plugin-mlflow-common';
import { ReactElement } from 'react';
import { MlflowApi, mlflowApiRef } from '../api';
import { scaffolderTaskRouteRef, scaffolderTemplateRouteRef } from '../routes';
import { fakeApi } from './fakeApi';

/** The entity of the instance that the fake backend knows. */
export const DEMO = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'demo',
    annotations: { [MLFLOW_INSTANCE_ANNOTATION]: 'sandbox/demo' },
  },
};

export const DEMO_REF = 'component:default/demo';

/** Renders a part of the page of an instance, in an app with catalog and scaffolder. */
export const renderForEntity = (
  part: ReactElement,
  api: Partial<MlflowApi> = {},
) =>
  renderInTestApp(<EntityProvider entity={DEMO}>{part}</EntityProvider>, {
    apis: [[mlflowApiRef, fakeApi(api)]],
    mountedRoutes: {
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/create/tasks/:taskId': scaffolderTaskRouteRef,
      '/create/templates/:namespace/:templateName': scaffolderTemplateRouteRef,
    },
  });
