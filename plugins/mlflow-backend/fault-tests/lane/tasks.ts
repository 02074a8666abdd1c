import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CREATE_TEMPLATE,
  instanceState,
  waitForPortalUser,
} from '@internal/mlflow-sandbox/src/demo/ready.ts';
import {
  callPortal,
  createTask,
} from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import type { PortalUser } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

/** How a task ended, and every line of its log. */
export interface TaskEnd {
  status: string;
  lines: string[];
}

const ENDED = ['completed', 'failed', 'cancelled'];
const PAUSE_MS = 250;
const CATALOG_MS = 60_000;
const READY_MS = 30_000;

/** Signs in as the owner, once the catalog knows users and template. */
export function signInAsOwner(
  context: Context,
  api: string,
): Promise<PortalUser> {
  const ca = readFileSync(context.paths.caCert, 'utf8');
  const owner = demoUser(context.paths, 'owner');
  return waitForPortalUser(ca, owner, context.signal, CATALOG_MS * 2, api);
}

/** The line of most runs. */
const LINE = '3.17';

/** Starts the template for an instance of this name. @returns the task's id */
export function startCreation(
  user: PortalUser,
  name: string,
  line = LINE,
): Promise<string> {
  return createTask(user, CREATE_TEMPLATE, {
    platform: 'sandbox',
    name,
    owner: 'group:default/team-a',
    description: 'Made by the fault tests, removed at their end',
    line,
    size: 'S',
  });
}

interface Event {
  body: { message?: string; error?: { message?: string } };
}

/** What a task has logged; its error is the last line. */
export async function linesOf(user: PortalUser, id: string): Promise<string[]> {
  const { body } = await callPortal<Event[]>(
    user,
    'GET',
    `/api/scaffolder/v2/tasks/${id}/events`,
  );
  return body.flatMap(({ body: { message, error } }) =>
    [message, error?.message].filter(text => text !== undefined),
  );
}

/**
 * Waits until a task has ended, also while its backend is away.
 *
 * @throws Error after `timeoutMs`, with the last lines of its log
 */
export async function waitForEnd(
  user: PortalUser,
  id: string,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<TaskEnd> {
  let status = 'unknown';
  for (const end = Date.now() + timeoutMs; Date.now() < end; ) {
    signal.throwIfAborted();
    status = await statusOf(user, id);
    if (ENDED.includes(status)) {
      return { status, lines: await linesOf(user, id) };
    }
    await sleep(PAUSE_MS);
  }
  const last = (await linesOf(user, id).catch(() => [])).slice(-2).join(' / ');
  throw new Error(
    `task still ${status} after ${timeoutMs / 1000} s; it last said: ${last}`,
  );
}

async function statusOf(user: PortalUser, id: string): Promise<string> {
  try {
    const { body } = await callPortal<{ status?: string }>(
      user,
      'GET',
      `/api/scaffolder/v2/tasks/${id}`,
    );
    return body.status ?? 'unknown';
  } catch {
    return 'unknown'; // nobody is there to answer
  }
}

export async function cancelTask(user: PortalUser, id: string): Promise<void> {
  await callPortal(user, 'POST', `/api/scaffolder/v2/tasks/${id}/cancel`);
}

/** Has the scaffolder go on with a task that failed, as its page offers. */
export async function retryTask(user: PortalUser, id: string): Promise<void> {
  const { status } = await callPortal(
    user,
    'POST',
    `/api/scaffolder/v2/tasks/${id}/retry`,
    {},
  );
  if (status >= 300) {
    throw new Error(`the scaffolder did not retry task ${id} (${status})`);
  }
}

/** The phase that the instance's page shows, once it is Ready or after 30 s. */
export async function phaseOf(user: PortalUser, name: string): Promise<string> {
  let phase = 'Unknown';
  for (
    const end = Date.now() + READY_MS;
    phase !== 'Ready' && Date.now() < end;
    await sleep(PAUSE_MS)
  ) {
    const state = await instanceState(user, `mlflow-${name}.sandbox`);
    phase = state?.phase ?? 'Unknown';
  }
  return phase;
}
