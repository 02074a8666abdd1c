import { CREATE_TEMPLATE } from '@internal/mlflow-sandbox/src/demo/ready.ts';
import { createTask } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import type { PortalUser } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';

/** A version line. */
export type Line = '3.17' | '3.6';

/** Starts the template for an instance. @returns the task's id */
export function startCreation(
  user: PortalUser,
  { name, line }: { name: string; line: Line },
): Promise<string> {
  return createTask(user, CREATE_TEMPLATE, {
    platform: 'sandbox',
    name,
    owner: 'group:default/team-a',
    description: 'Made by the diagnose tests, removed at their end',
    line,
    size: 'S',
  });
}
