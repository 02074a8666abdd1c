import type { Provocation } from '../Provocation.ts';

export const databaseDown: Provocation = {
  cause: 'database-down',
  what: 'PostgreSQL is cut from portal and pods of the harness',
  alone: true,
  async provoke({ systems, onMend }) {
    onMend(async () => systems.postgres.mend());
    systems.postgres.cut();
  },
};
