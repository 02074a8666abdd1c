import {
  createFormField,
  FormFieldBlueprint,
  scaffolderTemplateOutputsBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { ConnectOutputs } from '../components/ConnectOutputs/lazy';

/** The template that ships with the backend plugin. */
const CREATE_TEMPLATE = 'template:default/mlflow-instance';

export const formFields = [
  FormFieldBlueprint.make({
    name: 'name',
    params: {
      field: async () => createFormField((await import('../fields')).nameField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'host',
    params: {
      field: async () => createFormField((await import('../fields')).hostField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'owner',
    params: {
      field: async () =>
        createFormField((await import('../fields')).ownerField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'platform',
    params: {
      field: async () =>
        createFormField((await import('../fields')).platformField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'size',
    params: {
      field: async () => createFormField((await import('../fields')).sizeField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'permission',
    params: {
      field: async () =>
        createFormField((await import('../fields')).permissionField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'line',
    params: {
      field: async () => createFormField((await import('../fields')).lineField),
    },
  }),
  FormFieldBlueprint.make({
    name: 'plan',
    params: {
      field: async () => createFormField((await import('../fields')).planField),
    },
  }),
];

export const connectOutputs = scaffolderTemplateOutputsBlueprint.make({
  name: 'connect',
  params: { component: ConnectOutputs, templateRefs: [CREATE_TEMPLATE] },
});
