import { readFileSync } from 'node:fs';
import pg from 'pg';
import { NODE_IP, PORTS } from '@internal/mlflow-sandbox/src/addresses.ts';
import { readSecret } from '../changeSecret.ts';
import type { Provocation } from '../Provocation.ts';

/** More than any size of an instance may have. */
const MOST = 200;

export const databaseConnectionsUsedUp: Provocation = {
  cause: 'database-connections-used-up',
  what: 'another program holds all connections that the role may have',
  async provoke(patient) {
    const { context, database, onMend } = patient;
    const { username, password } = await readSecret(
      patient,
      'mlflow-db-secret',
    );
    const held: pg.Client[] = [];
    onMend(() => Promise.all(held.map(client => client.end())));
    for (let count = 0; count < MOST; count++) {
      const client = new pg.Client({
        host: NODE_IP,
        port: PORTS.postgres,
        user: username,
        password,
        database,
        ssl: { ca: readFileSync(context.paths.caCert, 'utf8') },
      });
      client.on('error', () => undefined);
      try {
        await client.connect();
      } catch {
        return;
      }
      held.push(client);
    }
    throw new Error(`role ${username} has no limit below ${MOST}`);
  },
};
