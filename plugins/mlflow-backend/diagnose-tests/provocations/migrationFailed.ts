import { setRevision } from '../databases.ts';
import type { Provocation } from '../Provocation.ts';
import { restart, untilCrashed } from '../restart.ts';

/** The last but one of MLflow 3.17.2. */
const EARLIER = '75868b020152';

export const migrationFailed: Provocation = {
  cause: 'migration-failed',
  what: "MLflow's database notes an earlier revision, and a server starts that does not migrate it",
  async provoke(patient) {
    await setRevision(patient, patient.database, EARLIER);
    await restart(patient);
    await untilCrashed(patient);
  },
};
