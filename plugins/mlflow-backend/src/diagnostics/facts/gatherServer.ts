import { instanceUrls } from 'backstage-plugin-mlflow-common';
import { askArtifacts } from '../../probes/artifacts';
import { askCertificate } from '../../probes/certificate';
import {
  askExperiments,
  askExperimentsAnonymously,
  askExperimentsInside,
} from '../../probes/experiments';
import { serviceHost } from '../../probes/inside';
import { askLogin, askLoginPage } from '../../probes/login';
import { askMetrics } from '../../probes/metrics';
import { AsReader, ProbeContext } from '../../probes/ProbeContext';
import { askSystem } from '../../plan/askSystem';
import { askReadiness } from '../../probes/readiness';
import { serverPod } from '../../probes/serverPod';
import { StepContext } from '../../steps/Step';
import { MlflowAnswer, MlflowClient } from '../../systems/mlflow/MlflowClient';
import { ObservedInstance } from '../../watch/ObservedInstance';
import { hop } from './hop';
import { answered, CertificateFact, Hop, ServerFacts } from './serverFacts';

/** How long the TLS connection may take, in milliseconds. */
const CERTIFICATE_MS = 5_000;

/** How long the reader's login may take, in milliseconds. */
const TOKEN_MS = 5_000;

const UNREADY: Hop = {
  failure:
    'The server is not ready, so that it refuses a login says nothing of the login.',
};

/**
 * Uses the server as a user would, all at once, each request within five
 * seconds. Nothing is changed, and nobody logs in.
 */
export async function gatherServer(
  ctx: StepContext,
  { pods }: Pick<ObservedInstance, 'pods'>,
): Promise<ServerFacts> {
  const { instance, platform, signal } = ctx;
  const mlflow = new MlflowClient(
    platform.fetch,
    instanceUrls(instance.spec).mlflow,
  );
  const outside: ProbeContext = { ...ctx, mlflow };
  const pod = serverPod(pods);
  const inside = pod ? { ...ctx, pod } : undefined;
  const reader = readerToken(ctx);
  const ask = async (
    question: (bounded: AbortSignal) => Promise<MlflowAnswer>,
  ) => (await hop(signal, question)).hop;
  const asReader = async (
    question: (as: ProbeContext & AsReader) => Promise<MlflowAnswer>,
  ): Promise<Hop> => {
    const known = await reader;
    return 'problem' in known
      ? { failure: known.problem }
      : ask(bounded =>
          question({ ...outside, signal: bounded, readerToken: known.value }),
        );
  };

  const [
    ready,
    byService,
    byHost,
    anonymous,
    login,
    artifacts,
    metrics,
    shown,
  ] = await Promise.all([
    inside && ask(bounded => askReadiness({ ...inside, signal: bounded })),
    inside &&
      asReader(as =>
        askExperimentsInside({ ...inside, ...as }, serviceHost(instance)),
      ),
    asReader(askExperiments),
    ask(bounded => askExperimentsAnonymously({ ...outside, signal: bounded })),
    gatherLogin(outside),
    asReader(askArtifacts),
    inside &&
      instance.spec.metrics &&
      ask(bounded => askMetrics({ ...inside, signal: bounded })),
    gatherCertificate(ctx),
  ]);

  const isReady = answered(ready)?.status === 200;
  const judged = (answer: Hop): Hop =>
    !isReady && answered(answer)?.status === 401 ? UNREADY : answer;
  return {
    ...(pod && { pod }),
    ...(ready && { ready }),
    ...(byService && { byService: judged(byService) }),
    byHost: judged(byHost),
    anonymous,
    ...login,
    artifacts: judged(artifacts),
    ...(metrics && { metrics }),
    ...(shown && { certificate: shown }),
  };
}

/** Without it, what needs no login is told all the same. */
function readerToken({ instance, platform, signal }: StepContext) {
  return askSystem(
    'Keycloak',
    signal,
    bounded =>
      platform.keycloak.serviceAccountToken(
        instance.names.readerClient,
        bounded,
      ),
    TOKEN_MS,
  );
}

async function gatherLogin(
  ctx: ProbeContext,
): Promise<Pick<ServerFacts, 'login' | 'loginPage'>> {
  const { hop: login, answer } = await hop(ctx.signal, signal =>
    askLogin({ ...ctx, signal }),
  );
  const location = answer?.status === 302 ? answer.location : undefined;
  if (!location) {
    return { login };
  }
  const { hop: loginPage } = await hop(ctx.signal, signal =>
    askLoginPage({ ...ctx, signal }, location),
  );
  return { login, loginPage };
}

/** Without TLS at the host, the requests say why. */
async function gatherCertificate({
  instance,
  platform,
  signal,
}: StepContext): Promise<CertificateFact | undefined> {
  const bounded = AbortSignal.any([
    signal,
    AbortSignal.timeout(CERTIFICATE_MS),
  ]);
  return askCertificate(instance.spec.host, platform.config.ca, bounded).catch(
    () => {
      signal.throwIfAborted();
      return undefined;
    },
  );
}
