import { createExternalRouteRef } from '@backstage/core-plugin-api';

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
