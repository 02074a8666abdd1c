import { changeSecret } from '../changeSecret.ts';
import type { Provocation } from '../Provocation.ts';

export const secretKeyUnset: Provocation = {
  cause: 'secret-key-unset',
  what: 'SECRET_KEY is taken out of mlflow-oidc-config',
  provoke: patient =>
    changeSecret(patient, 'mlflow-oidc-config', { SECRET_KEY: undefined }),
};
