import { setTimeout as sleep } from 'node:timers/promises';
import { stringifyError } from '@backstage/errors';
import { instanceUrls } from 'backstage-plugin-mlflow-common';
import { findClient } from '../systems/keycloak/clients';
import { MlflowClient } from '../systems/mlflow/MlflowClient';
import { canRead } from '../systems/mlflow/readerAccess';
import { CHECKS, findServerPod } from './checks';
import { ensureReaderUser, isReaderKnown } from './reader';
import { Step, StepContext } from './Step';

/** How long the ingress may take to learn of the instance. */
const INGRESS_MS = 60_000;
const PAUSE_MS = 250;

/** Whether the portal is known to MLflow, with its grants, and can read. */
export interface VerificationObserved {
  reads: boolean;
}

/** Does what a user would do, and says what does not work. */
export const verificationStep: Step<VerificationObserved> = {
  name: 'verification',

  async observe(ctx) {
    try {
      const known = await isReaderKnown(ctx);
      return { reads: known && (await readerReads(ctx, mlflowOf(ctx))) };
    } catch (error) {
      ctx.signal.throwIfAborted();
      return { reads: false };
    }
  },

  plan(instance, { reads }) {
    return [
      {
        system: 'MLflow',
        object: `user of ${instance.names.readerClient}`,
        action: reads ? 'keep' : 'create',
        detail: instance.release.behaviour.readerCaveat,
      },
    ];
  },

  async apply(ctx, { observed }) {
    const { instance, platform, signal, log } = ctx;
    const mlflow = mlflowOf(ctx);
    if (!observed.reads) {
      await waitForIngress(ctx, mlflow);
      await ensureReaderUser(ctx, mlflow);
    }
    const checkContext = {
      ...ctx,
      mlflow,
      pod: await findServerPod(ctx),
      readerToken: await platform.keycloak.serviceAccountToken(
        instance.names.readerClient,
        signal,
      ),
    };
    const results = await Promise.allSettled(
      CHECKS.map(check => check.run(checkContext)),
    );
    results.forEach((result, index) =>
      log(
        result.status === 'fulfilled'
          ? `ok: ${CHECKS[index].name}`
          : `FAILED: ${CHECKS[index].name}: ${stringifyError(result.reason)}`,
      ),
    );
    const first = results.find(
      (result): result is PromiseRejectedResult => result.status === 'rejected',
    );
    if (first) {
      throw first.reason;
    }
  },

  /** The user lives in the instance's own database. */
  async remove() {
    return [];
  },
};

function mlflowOf({ instance, platform }: StepContext): MlflowClient {
  return new MlflowClient(platform.fetch, instanceUrls(instance.spec).mlflow);
}

async function readerReads(ctx: StepContext, mlflow: MlflowClient) {
  const { instance, platform, signal } = ctx;
  const reader = await findClient(
    platform.keycloak,
    instance.names.readerClient,
    signal,
  );
  if (reader?.mark !== instance.mark) {
    return false;
  }
  const token = await platform.keycloak.serviceAccountToken(
    instance.names.readerClient,
    signal,
  );
  return canRead(mlflow, token, signal);
}

/** The ingress controller learns of a new host some moments after Helm ended. */
async function waitForIngress(
  { instance, signal }: StepContext,
  mlflow: MlflowClient,
): Promise<void> {
  const deadline = Date.now() + INGRESS_MS;
  for (;;) {
    const answer = await mlflow
      .request(instance.release.behaviour.readinessPath, { signal })
      .catch(error => {
        if (Date.now() > deadline) {
          throw error;
        }
        return undefined;
      });
    if (answer?.status === 200 || Date.now() > deadline) {
      return;
    }
    await sleep(PAUSE_MS, undefined, { signal });
  }
}
