import { SIZES } from 'backstage-plugin-mlflow-common';
import { Release } from './Release';
import {
  allowedHosts,
  commonArguments,
  commonEnvironment,
  commonValues,
  commonVolumeMounts,
  commonVolumes,
} from './values';

/** MLflow 3.6 with mlflow-oidc-auth 5.6: what the hand-run original installs. */
export const line36: Release = {
  line: '3.6',
  mlflow: '3.6.0',
  oidcAuth: '5.6.1',
  chart: '1.8.0',
  warning:
    'MLflow 3.6.0 and mlflow-oidc-auth 5.6.1 have known holes: files can be read without login, and a token of any client of the realm is accepted. Move to line 3.17.',
  sharedSessions: false,
  generatedKeys: { SECRET_KEY: 'random' },
  behaviour: {
    readinessPath: '/health',
    anonymous: [400, 401],
    reader: 'job',
    readerCaveat:
      'It can make empty experiments and models of its own, as every user can.',
    auditLog: false,
  },
  refuses: spec =>
    spec.replicas > 1
      ? 'Line 3.6 keeps browser sessions in the pod, so it can have one replica only.'
      : undefined,
  values(input) {
    const { instance } = input;
    return {
      ...commonValues(input),
      strategy: { type: 'Recreate' },
      extraArgs: {
        appName: 'oidc-auth-fastapi',
        ...commonArguments(instance),
        allowedHosts: allowedHosts(instance).join(','),
      },
      extraEnvVars: {
        ...commonEnvironment(input),
        SESSION_TYPE: 'cachelib',
        SESSION_CACHE_DIR: '/tmp/session',
        SESSION_COOKIE_SECURE: 'true',
      },
      extraVolumes: [
        ...commonVolumes,
        {
          name: 'tmp',
          emptyDir: { sizeLimit: SIZES[instance.spec.size].scratch },
        },
      ],
      extraVolumeMounts: [
        ...commonVolumeMounts,
        { name: 'tmp', mountPath: '/tmp' },
      ],
    };
  },
};
