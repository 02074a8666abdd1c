import { generateSecret } from '@internal/mlflow-sandbox/src/secrets.ts';
import { changeSecret } from '../changeSecret.ts';
import type { Provocation } from '../Provocation.ts';

export const trackingDatabasePassword: Provocation = {
  cause: 'tracking-database-password',
  what: 'the password in mlflow-db-secret is another one',
  provoke: patient =>
    changeSecret(patient, 'mlflow-db-secret', { password: generateSecret() }),
};
