import { generateSecret } from '@internal/mlflow-sandbox/src/secrets.ts';
import { changeSecret } from '../changeSecret.ts';
import type { Provocation } from '../Provocation.ts';

export const secretKeyDiffers: Provocation = {
  cause: 'secret-key-differs',
  what: 'SECRET_KEY in mlflow-oidc-config is another one than the server started with',
  provoke: patient =>
    changeSecret(patient, 'mlflow-oidc-config', {
      SECRET_KEY: generateSecret(),
    }),
};
