import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { TemplateParameterSchema } from '@backstage/plugin-scaffolder-react';
import {
  Stepper,
  StepperProps,
} from '@backstage/plugin-scaffolder-react/alpha';
import { screen } from '@testing-library/react';
import userEvent, { UserEvent } from '@testing-library/user-event';
import { MlflowApi, mlflowApiRef } from '../api';
import { hostField } from '../fields/MlflowHost';
import { lineField } from '../fields/MlflowLine';
import { nameField } from '../fields/MlflowName';
import { ownerField } from '../fields/MlflowOwner';
import { permissionField } from '../fields/MlflowPermission';
import { planField } from '../fields/MlflowPlan';
import { platformField } from '../fields/MlflowPlatform';
import { sizeField } from '../fields/MlflowSize';
import { fakeApi } from './fakeApi';

const FIELDS = {
  platform: platformField,
  name: nameField,
  host: hostField,
  owner: ownerField,
  size: sizeField,
  defaultPermission: permissionField,
  line: lineField,
  plan: planField,
};

/** A field of the create template, by the name of its answer. */
export type FieldName = keyof typeof FIELDS;

export const ALL_FIELDS: FieldName[] = [
  'platform',
  'name',
  'host',
  'owner',
  'size',
  'defaultPermission',
  'line',
];

const extensions: StepperProps['extensions'] = Object.values(FIELDS).map(
  ({ schema, ...field }) => ({ ...field, schema: schema.schema }),
);

const groups = ['team-a', 'team-b', 'platform', 'mlflow-demo-users'].map(
  name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, ...(name === 'team-b' && { title: 'Team B' }) },
    spec: { type: 'team', children: [] },
  }),
);

/** The wizard as a test drives it. */
export interface Wizard {
  container: HTMLElement;
  user: UserEvent;
  /** Called with all answers in the end. */
  onCreate: jest.Mock;
  /** Leaves the page of the fields. */
  next: () => Promise<void>;
}

/** What a test gives to a wizard. */
export interface WizardOptions {
  api?: Partial<MlflowApi>;
  /** Answers that are there already. */
  given?: Record<string, string | number | boolean>;
}

/**
 * Renders the scaffolder's own wizard with one page of our fields, as a
 * template has them.
 */
export async function renderWizard(
  names: FieldName[],
  options: WizardOptions = {},
): Promise<Wizard> {
  return renderManifest(
    {
      title: 'MLflow',
      steps: [
        {
          title: 'Instance',
          schema: {
            type: 'object',
            required: names.filter(name => name !== 'host'),
            properties: Object.fromEntries(
              names.map(name => [
                name,
                { type: 'string', 'ui:field': FIELDS[name].name },
              ]),
            ),
          },
        },
      ],
    },
    options,
  );
}

/** Renders the scaffolder's own wizard with a form of one page. */
export async function renderManifest(
  manifest: TemplateParameterSchema,
  options: WizardOptions,
): Promise<Wizard> {
  const onCreate = jest.fn(async () => {});
  const { container } = renderInTestApp(
    <Stepper
      manifest={manifest}
      extensions={extensions}
      onCreate={onCreate}
      initialState={options.given}
    />,
    {
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      apis: [
        [mlflowApiRef, fakeApi(options.api)],
        [catalogApiRef, catalogApiMock({ entities: groups })],
      ],
    },
  );
  const user = userEvent.setup();
  await screen.findByRole('button', { name: 'Review' });
  return {
    container,
    user,
    onCreate,
    next: () => user.click(screen.getByRole('button', { name: 'Review' })),
  };
}
