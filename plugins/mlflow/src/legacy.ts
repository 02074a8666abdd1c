/**
 * Card, tab, page and form fields for apps on the legacy frontend system.
 *
 * @packageDocumentation
 */
import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { mlflowApiRef, MlflowClient } from './api';
import {
  hostField,
  lineField,
  nameField,
  ownerField,
  permissionField,
  planField,
  platformField,
  sizeField,
} from './fields';
import {
  instancesRouteRef,
  scaffolderTaskRouteRef,
  scaffolderTemplateRouteRef,
} from './routes';

/** @public */
export const mlflowPlugin = createPlugin({
  id: 'mlflow',
  apis: [
    createApiFactory({
      api: mlflowApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) => new MlflowClient({ fetchApi }),
    }),
  ],
  routes: { instances: instancesRouteRef },
  externalRoutes: {
    scaffolderTask: scaffolderTaskRouteRef,
    scaffolderTemplate: scaffolderTemplateRouteRef,
  },
});

/**
 * The card of an instance, for an entity page; show it where
 * {@link isMlflowInstance} holds.
 *
 * @public
 */
export const EntityMlflowCard = mlflowPlugin.provide(
  createComponentExtension({
    name: 'EntityMlflowCard',
    component: {
      lazy: () => import('./components/MlflowCard').then(m => m.MlflowCard),
    },
  }),
);

/**
 * All about an instance, for a tab of an entity page. Its path must be `/mlflow`:
 * the card links there.
 *
 * @public
 */
export const EntityMlflowContent = mlflowPlugin.provide(
  createComponentExtension({
    name: 'EntityMlflowContent',
    component: {
      lazy: () => import('./components/MlflowTab').then(m => m.MlflowTab),
    },
  }),
);

/**
 * The page of all instances.
 *
 * @public
 */
export const MlflowPage = mlflowPlugin.provide(
  createRoutableExtension({
    name: 'MlflowPage',
    mountPoint: instancesRouteRef,
    component: () =>
      import('./components/InstancesPage').then(m => m.InstancesPageWithHeader),
  }),
);

/** @public */
export const MlflowNameFieldExtension = mlflowPlugin.provide(
  createScaffolderFieldExtension({
    ...nameField,
    schema: nameField.schema.schema,
  }),
);

/** @public */
export const MlflowHostFieldExtension = mlflowPlugin.provide(
  createScaffolderFieldExtension({
    ...hostField,
    schema: hostField.schema.schema,
  }),
);

/** @public */
export const MlflowOwnerFieldExtension = mlflowPlugin.provide(
  createScaffolderFieldExtension({
    ...ownerField,
    schema: ownerField.schema.schema,
  }),
);

/** @public */
export const MlflowPlatformFieldExtension = mlflowPlugin.provide(
  createScaffolderFieldExtension({
    ...platformField,
    schema: platformField.schema.schema,
  }),
);

/** @public */
export const MlflowSizeFieldExtension = mlflowPlugin.provide(
  createScaffolderFieldExtension({
    ...sizeField,
    schema: sizeField.schema.schema,
  }),
);

/** @public */
export const MlflowPermissionFieldExtension = mlflowPlugin.provide(
  createScaffolderFieldExtension({
    ...permissionField,
    schema: permissionField.schema.schema,
  }),
);

/** @public */
export const MlflowLineFieldExtension = mlflowPlugin.provide(
  createScaffolderFieldExtension({
    ...lineField,
    schema: lineField.schema.schema,
  }),
);

/** @public */
export const MlflowPlanFieldExtension = mlflowPlugin.provide(
  createScaffolderFieldExtension({
    ...planField,
    schema: planField.schema.schema,
  }),
);

export * from './api';
export { isMlflowInstance } from './entity';
export { mlflowTranslationRef } from './translation';
