import { setRevision } from '../databases.ts';
import type { Provocation } from '../Provocation.ts';
import { restart, untilCrashed } from '../restart.ts';

export const schemaNewer: Provocation = {
  cause: 'schema-newer',
  what: "MLflow's database notes a revision of the future, and a server starts",
  async provoke(patient) {
    await setRevision(patient, patient.database, 'ffffffffffff');
    await restart(patient);
    await untilCrashed(patient);
  },
};
