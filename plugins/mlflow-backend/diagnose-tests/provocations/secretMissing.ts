import { changeSecret } from '../changeSecret.ts';
import type { Provocation } from '../Provocation.ts';

export const secretMissing: Provocation = {
  cause: 'secret-missing',
  what: 'AWS_SECRET_ACCESS_KEY is taken out of mlflow-s3-secret',
  provoke: patient =>
    changeSecret(patient, 'mlflow-s3-secret', {
      AWS_SECRET_ACCESS_KEY: undefined,
    }),
};
