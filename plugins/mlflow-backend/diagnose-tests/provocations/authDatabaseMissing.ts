import { hideDatabase } from '../databases.ts';
import type { Provocation } from '../Provocation.ts';

export const authDatabaseMissing: Provocation = {
  cause: 'auth-database-missing',
  what: 'the database of users and grants is renamed, its connections ended',
  provoke: patient => hideDatabase(patient, patient.authDatabase),
};
