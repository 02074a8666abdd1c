import { Release } from './Release';
import {
  allowedHosts,
  commonArguments,
  commonEnvironment,
  commonValues,
  commonVolumeMounts,
  commonVolumes,
  issuerOf,
} from './values';

/** MLflow 3.17 with mlflow-oidc-auth 11: the default. */
export const line317: Release = {
  line: '3.17',
  mlflow: '3.17.2',
  oidcAuth: '11.0.2',
  chart: '1.11.5',
  sharedSessions: true,
  generatedKeys: {
    SECRET_KEY: 'random',
    SESSION_TOKEN_ENCRYPTION_KEY: 'fernet',
    MLFLOW_WEBHOOK_SECRET_ENCRYPTION_KEY: 'fernet',
    MLFLOW_CRYPTO_KEK_PASSPHRASE: 'random',
  },
  behaviour: {
    readinessPath: '/health/ready',
    anonymous: [401],
    reader: 'provisioner',
    readerCaveat:
      'It can make empty experiments and models of its own, as every user can.',
    auditLog: true,
  },
  refuses: () => undefined,
  values(input) {
    const { instance, platform } = input;
    return {
      ...commonValues(input),
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      },
      serverAllowedHosts: allowedHosts(instance),
      extraArgs: {
        appName: 'oidc-auth',
        ...commonArguments(instance),
      },
      extraEnvVars: {
        ...commonEnvironment(input),
        OIDC_ISSUER: issuerOf(platform),
        OIDC_AUDIENCE: instance.names.client,
        // Keycloak's access token lives 300 s; without refreshing, so does the
        // browser's session.
        OIDC_USE_REFRESH_TOKEN: 'true',
        // How the portal's provisioner becomes known to MLflow without a browser.
        OIDC_PROVISION_ON_BEARER_AUTH: 'true',
        OIDC_TRUST_BEARER_GROUP_CLAIMS: 'true',
        SESSION_COOKIE_SECURE: 'true',
        TRUSTED_PROXIES: platform.ingress.trustedProxies.join(','),
        // Ten processes and 1.7 GB otherwise.
        MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
      },
      extraVolumes: commonVolumes,
      extraVolumeMounts: commonVolumeMounts,
    };
  },
};
