import { Session } from '@internal/mlflow-sandbox/src/demo/session.ts';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import { firstLogin } from '@internal/mlflow-sandbox/src/demo/login.ts';
import { http } from '@internal/mlflow-sandbox/src/http.ts';
import { TestInstance } from './instances';
import { caPem, paths } from './sandbox';

/** Value of the `Authorization` header. */
export type Authorization = string;

/** How a server of MLflow answered. */
export interface ApiAnswer {
  status: number;
  /** `undefined` when it is no JSON. */
  body: Record<string, unknown> | undefined;
  text: string;
}

export const basic = (username: string, password: string): Authorization =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

export const bearer = (token: string): Authorization => `Bearer ${token}`;

function json(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One call of MLflow's REST API through the ingress, as a program does it. */
export async function callMlflow(
  { host }: TestInstance,
  authorization: Authorization | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<ApiAnswer> {
  const content = body === undefined ? undefined : JSON.stringify(body);
  const answer = await http({
    method,
    url: `https://${host}${path}`,
    ca: caPem(),
    timeoutMs: 30_000,
    headers: {
      ...(authorization ? { authorization } : {}),
      ...(content && {
        'content-type': 'application/json',
        // Node.js sends none by itself with DELETE.
        'content-length': String(Buffer.byteLength(content)),
      }),
    },
    body: content,
  });
  const text = answer.body.toString();
  return { status: answer.status, body: json(text), text };
}

/** Logs in to MLflow as a browser does. */
export function logInByHttp(
  { urls }: TestInstance,
  role: string,
): Promise<Session> {
  return firstLogin(
    urls.mlflow,
    caPem(),
    demoUser(paths, role),
    AbortSignal.timeout(90_000),
  );
}

const API = '/api/2.0/mlflow';
const DAY = 24 * 3600 * 1000;

/** What the permissions UI sends when a person makes an access token. */
const TOKEN_REQUESTS = {
  '3.17': (_user: string, expiration: string) => ({
    method: 'POST',
    path: `${API}/users/current/tokens`,
    body: { name: `e2e-${Date.now()}`, expiration },
  }),
  '3.6': (username: string, expiration: string) => ({
    method: 'PATCH',
    path: `${API}/permissions/users/access-token`,
    body: { username, expiration },
  }),
};

/**
 * An access token of a user, made with a logged-in session by the endpoint of
 * the permissions UI. On line 3.6 it replaces the user's last one.
 *
 * @throws Error when none is given
 */
export async function accessToken(
  instance: TestInstance,
  role: string,
): Promise<string> {
  const session = await logInByHttp(instance, role);
  const { username } = demoUser(paths, role);
  const { method, path, body } = TOKEN_REQUESTS[instance.line](
    username,
    new Date(Date.now() + DAY).toISOString(),
  );
  const answer = await session.json(method, `https://${instance.host}${path}`, {
    body,
  });
  const token = json(answer.text)?.token;
  if (typeof token !== 'string') {
    throw new Error(
      `${instance.host} gives ${username} no access token: it answers ${answer.status}`,
    );
  }
  return token;
}
