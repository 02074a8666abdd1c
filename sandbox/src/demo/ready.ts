import { setTimeout as sleep } from 'node:timers/promises';
import { InterruptedError } from '../errors.ts';
import { callPortal, signIn } from './scaffolder.ts';
import type { PortalUser } from './scaffolder.ts';
import { Session } from './session.ts';

export const CREATE_TEMPLATE = 'template:default/mlflow-instance';

/**
 * Signs in once the catalog knows the user, and waits until it knows the
 * template: both come with the first runs of its providers.
 */
export async function waitForPortalUser(
  ca: string,
  user: { username: string; password: string },
  signal: AbortSignal,
  timeoutMs = 120_000,
  api?: string,
): Promise<PortalUser> {
  for (const end = Date.now() + timeoutMs; ; await sleep(500)) {
    if (signal.aborted) throw new InterruptedError();
    try {
      const signedIn = await signIn(new Session(ca), user, api);
      const { status } = await callPortal(
        signedIn,
        'GET',
        '/api/catalog/entities/by-name/template/default/mlflow-instance',
      );
      if (status === 200) return signedIn;
      if (Date.now() > end) {
        throw new Error(`The catalog has no ${CREATE_TEMPLATE} (${status})`);
      }
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

/** What the portal says of an instance. */
export interface InstanceState {
  phase: string;
  message: string;
}

/** The state of an instance by its entity; undefined when there is none. */
export async function instanceState(
  user: PortalUser,
  entity: string,
): Promise<InstanceState | undefined> {
  const { status, body } = await callPortal<InstanceState>(
    user,
    'GET',
    `/api/mlflow/v1/entity/default/component/${entity}/status`,
  );
  return status === 200 ? body : undefined;
}
