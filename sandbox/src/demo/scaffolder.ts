import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { InterruptedError } from '../errors.ts';
import { PORTAL } from './portal.ts';
import { logIn } from './session.ts';
import type { Session } from './session.ts';

/** A user of the portal, signed in. */
export interface PortalUser {
  session: Session;
  token: string;
  entityRef: string;
  /** Address of the portal's backend. */
  api: string;
}

/** How a task of the scaffolder ended. */
export interface TaskResult {
  id: string;
  status: string;
  /** Seconds of each step that ran, by id. */
  steps: Record<string, number>;
  /** The message of the step that failed. */
  error?: string;
}

interface TaskEvent {
  id: number;
  type: string;
  createdAt: string;
  body: {
    message?: string;
    stepId?: string;
    status?: string;
    error?: { message?: string };
  };
}

/**
 * Signs in to a portal through Keycloak, as the sign-in page does.
 *
 * @param api - address of its backend; the demo's when left out
 */
export async function signIn(
  session: Session,
  user: { username: string; password: string },
  api = PORTAL.api,
): Promise<PortalUser> {
  const start = `${api}/api/auth/oidc/start?${new URLSearchParams({
    env: 'development',
    scope: 'openid profile email',
    origin: PORTAL.app,
  })}`;
  const page = await logIn(session, start, user);
  const message = page.text.match(/decodeURIComponent\('([^']+)'\)/)?.[1];
  const answer = message ? JSON.parse(decodeURIComponent(message)) : undefined;
  const identity = answer?.response?.backstageIdentity;
  if (!identity?.token) {
    throw new Error(
      `The portal did not sign ${user.username} in: ${
        answer?.error?.message ?? `${page.status} at ${page.url.split('?')[0]}`
      }`,
    );
  }
  return {
    session,
    token: identity.token,
    entityRef: identity.identity.userEntityRef,
    api,
  };
}

/** One call of a plugin's API in the portal; T is what its API says it answers. */
export async function callPortal<T>(
  { session, token, api }: PortalUser,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: T }> {
  const page = await session.json(method, `${api}${path}`, {
    token,
    body,
  });
  return { status: page.status, body: JSON.parse(page.text || 'null') };
}

/** Starts a template. @returns the task's id */
export async function createTask(
  user: PortalUser,
  templateRef: string,
  values: Record<string, unknown>,
): Promise<string> {
  const { status, body } = await callPortal<{
    id?: string;
    error?: { message: string };
    errors?: { stack?: string; message?: string }[];
  }>(user, 'POST', '/api/scaffolder/v2/tasks', { templateRef, values });
  if (!body?.id) {
    const reason = body?.error?.message ?? body?.errors?.[0]?.stack ?? status;
    throw new Error(`The portal did not start ${templateRef}: ${reason}`);
  }
  return body.id;
}

/**
 * Follows a task to its end.
 *
 * @param onLine - gets each line of its log
 */
export async function followTask(
  user: PortalUser,
  id: string,
  signal: AbortSignal,
  onLine: (step: string | undefined, line: string) => void,
): Promise<TaskResult> {
  const began: Record<string, number> = {};
  const result: TaskResult = { id, status: 'processing', steps: {} };
  for (let after = 0; ; ) {
    if (signal.aborted) throw new InterruptedError();
    const { body: events } = await callPortal<TaskEvent[]>(
      user,
      'GET',
      `/api/scaffolder/v2/tasks/${id}/events${after ? `?after=${after}` : ''}`,
    );
    for (const event of events) {
      after = Math.max(after, event.id);
      const { stepId, status, message = '', error } = event.body;
      const at = Date.parse(event.createdAt);
      if (event.type === 'completion') {
        return {
          ...result,
          // The event of a failed task has an error, and its status as a text only.
          status: status ?? message.match(/status: (\w+)/)?.[1] ?? 'completed',
          error: error?.message,
        };
      }
      if (stepId && status === 'processing') {
        began[stepId] = at;
      } else if (stepId && status && began[stepId]) {
        result.steps[stepId] = (at - began[stepId]) / 1000;
      }
      onLine(stepId, stripVTControlCharacters(message));
    }
    await sleep(150);
  }
}
