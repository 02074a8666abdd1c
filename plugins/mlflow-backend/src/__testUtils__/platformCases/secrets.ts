import { NOW, testPod } from '../instances';
import { CauseCase } from './CauseCase';
import {
  annotated,
  cluster,
  deploying,
  inCluster,
  names,
  observing,
  told,
} from './changes';

/** Causes in what the Secrets hold. */
export const SECRETS_CASES: CauseCase[] = [
  {
    cause: 'secret-missing',
    facts: [
      inCluster({
        secrets: cluster.secrets.map(secret =>
          secret.name === names.secrets.objectStore
            ? { ...secret, keys: ['AWS_ACCESS_KEY_ID'] }
            : secret,
        ),
        secretsDigest: 'other',
      }),
      deploying(annotated('d')),
    ],
    title: /AWS_SECRET_ACCESS_KEY in Secret mlflow-s3-secret/,
    evidence: /no value for AWS_SECRET_ACCESS_KEY/,
    repair: true,
  },
  {
    cause: 'secret-missing',
    // An encryption key is in it, which nobody can make again.
    facts: [
      inCluster({
        secrets: cluster.secrets.filter(
          ({ name }) => name !== names.secrets.oidc,
        ),
      }),
    ],
    title: /Secret mlflow-oidc-config/,
    evidence: /does not exist/,
    repair: false,
  },
  {
    cause: 'secret-key-unset',
    facts: [told({ fromSecrets: {} })],
    title: /SECRET_KEY is not set/,
    evidence: /no value for SECRET_KEY/,
    repair: true,
  },
  {
    cause: 'secret-key-differs',
    facts: [
      observing({
        deployment: annotated('before'),
        pods: [{ ...testPod({ startTime: NOW }) }],
      }),
      inCluster({
        secretsDigest: 'after',
        secrets: cluster.secrets.map(secret =>
          secret.name === names.secrets.oidc
            ? {
                ...secret,
                changedAt: {
                  OIDC_CLIENT_ID: '2026-01-01T00:00:00.000Z',
                  SECRET_KEY: '2026-01-03T00:00:00.000Z',
                },
              }
            : secret,
        ),
      }),
    ],
    title: /: SECRET_KEY changed after they started/,
    evidence: /before/,
    repair: true,
  },
];
