import { Cause } from '../Cause';
import { known } from '../Facts';
import { refusedLogin } from '../refusedLogin';

/** PostgreSQL does not take the password of the database of users and grants. */
export const authDatabasePassword: Cause = {
  name: 'auth-database-password',
  condition: 'Database',
  severity: 'error',
  template: 'mlflow-repair',
  hides: ['secret-key-differs'],
  detect({ databases, instance }) {
    const { namespace, secrets } = instance.names;
    return refusedLogin(
      known(databases)?.auth,
      `secret ${namespace}/${secrets.oidc}, OIDC_USERS_DB_URI`,
    );
  },
};
