import { ForwardedError, ServiceUnavailableError } from '@backstage/errors';
import { MlflowAnswer, MlflowClient } from './MlflowClient';

const API = '/api/2.0/mlflow';

/** What the reader may see: everything, by name pattern. */
const PATTERNS = [
  'experiment-patterns',
  'registered-models-patterns',
  'prompts-patterns',
] as const;

/** Whether the token reads through MLflow's login. */
export async function canRead(
  mlflow: MlflowClient,
  token: string,
  signal: AbortSignal,
): Promise<boolean> {
  const answer = await mlflow.request(`${API}/experiments/search`, {
    method: 'POST',
    body: { max_results: 1 },
    token,
    signal,
  });
  return (
    answer.status === 200 && answer.contentType.startsWith('application/json')
  );
}

/**
 * Makes the portal's reader known to mlflow-oidc-auth 7 and later, with READ on
 * everything and nothing else.
 *
 * @param adminToken - of an identity in the admin group; it becomes known to
 * MLflow by this very call
 * @param user - name of the reader in MLflow: the e-mail address in its token
 */
export async function ensureReader(
  mlflow: MlflowClient,
  adminToken: string,
  user: string,
  signal: AbortSignal,
): Promise<void> {
  const created = await mlflow.request(`${API}/users`, {
    method: 'POST',
    token: adminToken,
    signal,
    body: {
      username: user,
      display_name: 'Backstage (reads only)',
      is_admin: false,
      is_service_account: true,
      service_account_source: 'default',
    },
  });
  if (![200, 201, 409].includes(created.status)) {
    throw refused('make the user of the portal', created);
  }
  await Promise.all(
    PATTERNS.map(async pattern => {
      const path = `${API}/permissions/users/${encodeURIComponent(
        user,
      )}/${pattern}`;
      const granted = await mlflow.request(path, {
        method: 'POST',
        token: adminToken,
        signal,
        body: { regex: '.*', priority: 1, permission: 'READ' },
      });
      if (![200, 201, 409].includes(granted.status)) {
        throw refused(`grant READ by ${pattern}`, granted);
      }
    }),
  );
}

function refused(what: string, answer: MlflowAnswer): Error {
  return answer.status >= 500
    ? new ServiceUnavailableError(
        `MLflow: could not ${what}: the server answered ${answer.status}; its log says why.`,
      )
    : new ForwardedError(
        `MLflow: could not ${what}: the server answered ${answer.status}. Check the admin group and the audience of the provisioner's client in Keycloak.`,
        new Error(`status ${answer.status}`),
      );
}
