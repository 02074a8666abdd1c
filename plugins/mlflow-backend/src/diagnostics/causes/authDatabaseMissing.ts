import { Cause } from '../Cause';
import { known } from '../Facts';
import { missingDatabase } from '../missingDatabase';

/** The database of users and grants is gone. */
export const authDatabaseMissing: Cause = {
  name: 'auth-database-missing',
  condition: 'Database',
  severity: 'error',
  // The URI may name another database than it should.
  hides: ['secret-key-differs'],
  detect: ({ databases }) => missingDatabase(known(databases)?.auth),
};
