import {
  createFormField,
  FormFieldBlueprint,
  scaffolderTemplateOutputsBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { ConnectOutputs } from '../components/ConnectOutputs';

/** The template that ships with the backend plugin. */
const CREATE_TEMPLATE = 'template:default/mlflow-instance';

export const formFields = [
  FormFieldBlueprint.make({
    name: 'name',
    params: {
      field: async () =>
        createFormField((await import('../fields/MlflowName')).nameField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'host',
    params: {
      field: async () =>
        createFormField((await import('../fields/MlflowHost')).hostField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'owner',
    params: {
      field: async () =>
        createFormField((await import('../fields/MlflowOwner')).ownerField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'platform',
    params: {
      field: async () =>
        createFormField(
          (await import('../fields/MlflowPlatform')).platformField,
        ),
    },
  }),
  FormFieldBlueprint.make({
    name: 'size',
    params: {
      field: async () =>
        createFormField((await import('../fields/MlflowSize')).sizeField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'permission',
    params: {
      field: async () =>
        createFormField(
          (await import('../fields/MlflowPermission')).permissionField,
        ),
    },
  }),
  FormFieldBlueprint.make({
    name: 'line',
    params: {
      field: async () =>
        createFormField((await import('../fields/MlflowLine')).lineField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'plan',
    params: {
      field: async () =>
        createFormField((await import('../fields/MlflowPlan')).planField),
    },
  }),
];

export const connectOutputs = scaffolderTemplateOutputsBlueprint.make({
  name: 'connect',
  params: { component: ConnectOutputs, templateRefs: [CREATE_TEMPLATE] },
});
