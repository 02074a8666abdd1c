import { hideDatabase } from '../databases.ts';
import type { Provocation } from '../Provocation.ts';

export const trackingDatabaseMissing: Provocation = {
  cause: 'tracking-database-missing',
  what: "MLflow's database is renamed, its connections ended",
  provoke: patient => hideDatabase(patient, patient.database),
};
