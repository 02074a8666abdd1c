import { Cause } from '../Cause';
import { known } from '../Facts';
import { missingDatabase } from '../missingDatabase';

/** MLflow's own database is gone. */
export const trackingDatabaseMissing: Cause = {
  name: 'tracking-database-missing',
  condition: 'Database',
  severity: 'error',
  detect: ({ databases }) => missingDatabase(known(databases)?.tracking),
};
