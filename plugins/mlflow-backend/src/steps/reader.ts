import { findClient, updateClient } from '../systems/keycloak/clients';
import { rerunJob } from '../systems/kubernetes/job';
import { MlflowClient } from '../systems/mlflow/MlflowClient';
import { ensureReader } from '../systems/mlflow/readerAccess';
import { readerEmail } from './identityWanted';
import { resolveImage } from './image';
import { serverJob } from './serverJob';
import { StepContext } from './Step';

const JOB = 'mlflow-reader';

/**
 * On the reader's client once MLflow knows it with all that it may see. That it
 * can log in says less: a run may have been cut between user and grants.
 */
const KNOWN_ATTRIBUTE = 'mlflow.reader-known';

/** Whether an earlier run got through with {@link ensureReaderUser}. */
export async function isReaderKnown({
  instance,
  platform,
  signal,
}: StepContext): Promise<boolean> {
  const client = await findClient(
    platform.keycloak,
    instance.names.readerClient,
    signal,
  );
  return client?.attributes[KNOWN_ATTRIBUTE] === 'true';
}

/**
 * Makes the portal's reader known to MLflow, in the way of the line. Twice is
 * once.
 */
export async function ensureReaderUser(
  ctx: StepContext,
  mlflow: MlflowClient,
): Promise<void> {
  const { instance, platform, signal } = ctx;
  await makeKnown(ctx, mlflow);
  await updateClient(
    platform.keycloak,
    instance.names.readerClient,
    instance.mark,
    { attributes: { [KNOWN_ATTRIBUTE]: 'true' } },
    signal,
  );
}

async function makeKnown(
  ctx: StepContext,
  mlflow: MlflowClient,
): Promise<void> {
  const { instance, platform, signal } = ctx;
  const { names } = instance;
  if (instance.release.behaviour.reader === 'job') {
    await ensureByJob(ctx);
    return;
  }
  await platform.keycloak.withEnabledClient(
    names.provisionerClient,
    instance.mark,
    signal,
    async () => {
      const token = await platform.keycloak.serviceAccountToken(
        names.provisionerClient,
        signal,
      );
      await ensureReader(mlflow, token, readerEmail(instance), signal);
    },
  );
}

async function ensureByJob(ctx: StepContext): Promise<void> {
  const { instance, platform, signal } = ctx;
  await rerunJob(
    platform.kubernetes,
    serverJob({
      instance,
      platform: platform.config,
      image: await resolveImage(ctx),
      name: JOB,
      script: script(readerEmail(instance)),
    }),
    signal,
  );
}

/** mlflow-oidc-auth 5 has no way over HTTP that needs no person. */
function script(email: string): string {
  return `
from mlflow_oidc_auth.store import store
from mlflow_oidc_auth.user import create_user

NAME = ${JSON.stringify(email)}
create_user(NAME, "Backstage (reads only)", is_service_account=True)
for granted, grant in (
    (store.list_experiment_regex_permissions, store.create_experiment_regex_permission),
    (store.list_registered_model_regex_permissions, store.create_registered_model_regex_permission),
):
    if not granted(NAME):
        grant(regex=".*", priority=1, permission="READ", username=NAME)
print("the reader is known", flush=True)
`;
}
