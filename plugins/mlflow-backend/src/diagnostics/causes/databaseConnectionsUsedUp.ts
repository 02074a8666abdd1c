import { Cause } from '../Cause';
import { known } from '../Facts';

/** The role has as many connections as it may have. */
export const databaseConnectionsUsedUp: Cause = {
  name: 'database-connections-used-up',
  condition: 'Database',
  severity: 'error',
  detect({ databases, instance }) {
    const found = known(databases);
    const full = [found?.tracking, found?.auth].find(
      database =>
        database?.login.ok === false && database.login.kind === 'full',
    );
    if (!full || full.login.ok) {
      return undefined;
    }
    const role = full.user ?? instance.names.databaseRole;
    const { used, limit } = found?.connections ?? {};
    return {
      title: `PostgreSQL gives role ${role} no more connections.`,
      evidence: [
        {
          source: `PostgreSQL: login of role ${role} to database ${full.name}`,
          text: full.login.message,
        },
        ...(used === undefined
          ? []
          : [
              {
                source: `PostgreSQL: connections of role ${role}`,
                text: `${used} of ${limit}`,
              },
            ]),
      ],
      remedy:
        'End what else is connected by that role (pg_stat_activity tells), or choose a larger size for the instance.',
      values: { role, used: String(used ?? ''), limit: String(limit ?? '') },
    };
  },
};
