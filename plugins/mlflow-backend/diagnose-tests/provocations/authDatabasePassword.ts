import { generateSecret } from '@internal/mlflow-sandbox/src/secrets.ts';
import { changeSecret, readSecret } from '../changeSecret.ts';
import type { Provocation } from '../Provocation.ts';

const SECRET = 'mlflow-oidc-config';

export const authDatabasePassword: Provocation = {
  cause: 'auth-database-password',
  what: 'the password in OIDC_USERS_DB_URI is another one',
  async provoke(patient) {
    const { OIDC_USERS_DB_URI: uri } = await readSecret(patient, SECRET);
    await changeSecret(patient, SECRET, {
      OIDC_USERS_DB_URI: uri.replace(
        /(:\/\/[^:]+):[^@]+@/,
        `$1:${generateSecret()}@`,
      ),
    });
  },
};
