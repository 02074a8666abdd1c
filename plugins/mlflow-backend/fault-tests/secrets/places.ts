import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { NODE_IP, PORTS } from '@internal/mlflow-sandbox/src/addresses.ts';
import {
  kubectl,
  POSTGRES_BIN,
} from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { SecretProvider } from '@internal/mlflow-sandbox/src/demo/portal.ts';
import { run } from '@internal/mlflow-sandbox/src/exec.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { logFile } from '@internal/mlflow-sandbox/src/processes.ts';

/** Somewhere a secret must not stand. */
export interface Place {
  name: string;
  text: Buffer | string;
}

/** Everything that the portal keeps in its databases. */
export function databaseDumps(
  context: Context,
  databases: string[],
): Promise<Place[]> {
  return Promise.all(
    databases.map(async name => ({
      name: `database ${name}`,
      text: await run(
        [
          join(POSTGRES_BIN, 'pg_dump'),
          `host=${NODE_IP} port=${PORTS.postgres} user=postgres sslmode=require dbname=${name}`,
        ],
        {
          signal: context.signal,
          capture: true,
          env: { PGPASSWORD: context.secrets.postgresSuperuser },
        },
      ),
    })),
  );
}

const KINDS = 'configmaps,events,pods,deployments,jobs,ingresses,services';

interface HelmSecret {
  metadata: { name: string };
  data: { release: string };
}

/** Records, ConfigMaps, Events and what Helm keeps of a release, unpacked. */
export async function clusterPlaces(
  context: Context,
  name: string,
): Promise<Place[]> {
  const objects = await kubectl(context, 'get', KINDS, '-A', '-o', 'json');
  const helm = await kubectl(
    context,
    'get',
    'secrets',
    '-n',
    `mlflow-${name}`,
    '--field-selector',
    'type=helm.sh/release.v1',
    '-o',
    'json',
  );
  const releases: HelmSecret[] = JSON.parse(helm).items;
  if (releases.length === 0) {
    throw new Error(`Helm keeps no release of ${name}: nothing was searched.`);
  }
  return [
    { name: `all ${KINDS}`, text: objects },
    ...releases.map(({ metadata, data }) => ({
      name: `Secret ${metadata.name}, unpacked`,
      // Helm's own base64 lies inside that of the Secret.
      text: gunzipSync(
        Buffer.from(Buffer.from(data.release, 'base64').toString(), 'base64'),
      ),
    })),
  ];
}

/** What External Secrets was asked for, and what it says of it. */
export async function externalSecrets(context: Context): Promise<Place> {
  const kinds = 'externalsecrets,secretstores';
  return {
    name: `all ${kinds}`,
    text: await kubectl(context, 'get', kinds, '-A', '-o', 'json'),
  };
}

/** Logs of the systems that were given secrets. */
export function systemLogs(
  { paths }: Context,
  secrets: SecretProvider,
): Place[] {
  const systems = [
    'keycloak',
    'postgres',
    'minio',
    'traefik',
    'kube-apiserver',
  ];
  const stores = secrets === 'vault' ? ['openbao', 'external-secrets'] : [];
  return [...systems, ...stores].map(name => ({
    name: `log of ${name}`,
    text: readFileSync(logFile(paths, name)),
  }));
}
