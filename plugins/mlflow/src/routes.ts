import {
  createExternalRouteRef,
  createRouteRef,
} from '@backstage/core-plugin-api';

/**
 * The form of a template; bound by itself where the scaffolder is installed.
 */
export const scaffolderTemplateRouteRef = createExternalRouteRef({
  id: 'scaffolder-template',
  params: ['namespace', 'templateName'],
  optional: true,
  defaultTarget: 'scaffolder.selectedTemplate',
});

/**
 * The page of a scaffolder task; bound by itself where the scaffolder is
 * installed.
 */
export const scaffolderTaskRouteRef = createExternalRouteRef({
  id: 'scaffolder-task',
  params: ['taskId'],
  optional: true,
  defaultTarget: 'scaffolder.ongoingTask',
});

/** Where the tab lies below the page of an entity. */
export const TAB_PATH = '/mlflow';

/** The page of all instances. */
export const instancesRouteRef = createRouteRef({ id: 'mlflow' });
