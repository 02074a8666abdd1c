import { readFileSync } from 'node:fs';
import { InterruptedError, SandboxError } from '../errors.ts';
import { firstLogin } from '../demo/login.ts';
import { CREATE_TEMPLATE } from '../demo/ready.ts';
import { callPortal, createTask, followTask } from '../demo/scaffolder.ts';
import type { PortalUser, TaskResult } from '../demo/scaffolder.ts';
import { demoUser } from '../demo/users.ts';
import type { Context } from '../part.ts';
import { kubectl } from './platform.ts';
import type { Timing } from './statistics.ts';

/** The step after the one that deploys the server. */
const AFTER_RELEASE = 'verify';

const since = (begin: number) => (performance.now() - begin) / 1000;

/** Ends a task and waits until nothing of it runs on. */
async function cancelTask(user: PortalUser, id: string): Promise<void> {
  await callPortal(user, 'POST', `/api/scaffolder/v2/tasks/${id}/cancel`);
  const never = new AbortController().signal;
  await followTask(user, id, never, () => {});
}

/**
 * Makes an instance as a user does on the page Create, and logs in to it. The
 * login is tried from the end of the step that deploys the server; the steps
 * after that go on meanwhile.
 *
 * @returns seconds from Create to the first login; steps also hold `login`
 * (from the end of the deployment) and `task` (all steps together)
 */
export async function timeOurs(
  context: Context,
  user: PortalUser,
  instance: { name: string; line: string },
): Promise<Timing> {
  const { paths, signal } = context;
  const ca = readFileSync(paths.caCert, 'utf8');
  const owner = demoUser(paths, 'owner');
  const url = `https://mlflow-${instance.name}.localhost/`;
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const begin = performance.now();
  const logIn = async () => {
    const from = performance.now();
    await firstLogin(url, ca, owner, either);
    return { login: since(from), total: since(begin) };
  };
  const id = await createTask(user, CREATE_TEMPLATE, {
    platform: 'sandbox',
    name: instance.name,
    owner: 'group:default/team-a',
    description: 'Made by the bench, removed at its end',
    line: instance.line,
  });
  let login: ReturnType<typeof logIn> | undefined;
  try {
    const task = await followTask(user, id, either, (step, line) => {
      if (step !== AFTER_RELEASE || login) return;
      if (!line.startsWith('Beginning step')) return; // skipped, after a failure
      login = logIn();
      login.catch(() => {}); // looked at below, after the task
    });
    const seconds = since(begin);
    refuseFailed(task);
    const { total, ...rest } = await (login ?? logIn());
    return { total, steps: { ...task.steps, ...rest, task: seconds } };
  } catch (error) {
    stop.abort();
    if (error instanceof InterruptedError) await cancelTask(user, id);
    throw error;
  }
}

function refuseFailed({ status, error }: TaskResult): void {
  if (status !== 'completed') {
    throw new SandboxError(
      `The template ended ${status}: ${error ?? 'no reason given'}`,
    );
  }
}

/** The image that an instance runs on, as `repository:tag`. */
export function imageOf(context: Context, name: string): Promise<string> {
  return kubectl(
    context,
    'get',
    'deployment',
    `mlflow-${name}`,
    '-n',
    `mlflow-${name}`,
    '-o',
    'jsonpath={.spec.template.spec.containers[0].image}',
  );
}
