import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError } from '../errors.ts';
import { logIn, Session } from './session.ts';

/**
 * Logs in to MLflow as a browser would, until an API call answers with the
 * session.
 *
 * @param timeoutMs - how long to try again
 * @throws Error with what was met last
 */
export async function firstLogin(
  mlflowUrl: string,
  ca: string,
  user: { username: string; password: string },
  signal: AbortSignal,
  timeoutMs = 60_000,
): Promise<Session> {
  const base = mlflowUrl.replace(/\/$/, '');
  for (const end = Date.now() + timeoutMs; ; ) {
    if (signal.aborted) throw new InterruptedError();
    const session = new Session(ca);
    const met = await attempt(session, base, user);
    if (met === undefined) return session;
    if (Date.now() > end) {
      throw new Error(`No login to ${base} as ${user.username}: ${met}`);
    }
    await sleep(100);
  }
}

/** @returns what went wrong, or nothing */
async function attempt(
  session: Session,
  base: string,
  user: { username: string; password: string },
): Promise<string | undefined> {
  try {
    const landed = await logIn(session, `${base}/login`, user);
    const answer = await session.json(
      'GET',
      `${base}/api/2.0/mlflow/experiments/search?max_results=5`,
    );
    return answer.status === 200 &&
      String(answer.headers['content-type']).startsWith('application/json')
      ? undefined
      : `landed on ${landed.url.split('?')[0]} (${
          landed.status
        }), the API answers ${answer.status}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
