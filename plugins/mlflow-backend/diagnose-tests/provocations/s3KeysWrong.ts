import { generateSecret } from '@internal/mlflow-sandbox/src/secrets.ts';
import { changeSecret } from '../changeSecret.ts';
import type { Provocation } from '../Provocation.ts';

export const s3KeysWrong: Provocation = {
  cause: 's3-keys-wrong',
  what: 'the key in mlflow-s3-secret has another secret',
  provoke: patient =>
    changeSecret(patient, 'mlflow-s3-secret', {
      AWS_SECRET_ACCESS_KEY: generateSecret(),
    }),
};
