import { Cause } from '../Cause';
import { known } from '../Facts';
import { refusedLogin } from '../refusedLogin';

/** PostgreSQL does not take the password of MLflow's own database. */
export const trackingDatabasePassword: Cause = {
  name: 'tracking-database-password',
  condition: 'Database',
  severity: 'error',
  template: 'mlflow-repair',
  // One role owns both databases, and pods follow its Secret.
  hides: ['auth-database-password', 'secret-key-differs'],
  detect({ databases, instance }) {
    const { namespace, secrets } = instance.names;
    return refusedLogin(
      known(databases)?.tracking,
      `secret ${namespace}/${secrets.database}`,
    );
  },
};
