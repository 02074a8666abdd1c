import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AUTH_URL,
  IN_CLUSTER,
  ISSUER,
  POD_CIDR,
  PORTS,
  REALM,
} from '../addresses.ts';
import { firstLogin } from '../demo/login.ts';
import { demoUser } from '../demo/users.ts';
import { SandboxError } from '../errors.ts';
import { run } from '../exec.ts';
import type { Context } from '../part.ts';
import { fill } from '../template.ts';
import {
  forgetBucket,
  forgetDatabases,
  forgetNamespace,
} from './forgetInstance.ts';
import {
  keycloakAdmin,
  kubectl,
  kubernetesTools,
  objectStore,
  POSTGRES,
  POSTGRES_BIN,
  S3_ENDPOINT,
  S3_ROOT,
  sql,
} from './platform.ts';
import type { Timing } from './statistics.ts';

/** Namespace, databases, role, bucket and client of the original. */
const NAME = 'mlflow';
const HOST = 'mlflow.localhost';
const GROUPS = ['mlflow-admins', 'mlflow-users'];

const since = (begin: number) => (performance.now() - begin) / 1000;

/** The original's lines `<seconds>\t<step>`. */
export function readLaps(text: string): Record<string, number> {
  const laps = text
    .trim()
    .split('\n')
    .map(line => line.split('\t'))
    .map(([seconds, step]) => [step, Number(seconds)]);
  return Object.fromEntries(laps);
}

function writeValues({ paths }: Context, line: string): string {
  const source = join(paths.source, 'files', 'original', `values-${line}.yaml`);
  const folder = join(paths.run, 'bench');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, `values-${line}.yaml`);
  const text = fill(readFileSync(source, 'utf8'), {
    POSTGRES: IN_CLUSTER.postgres,
    OBJECTSTORE: `http://${IN_CLUSTER.minio}:${PORTS.minio}`,
    ISSUER,
    HOST,
    POD_CIDR,
  });
  writeFileSync(target, text);
  return target;
}

/**
 * Runs the original's own sequence of commands and logs in.
 *
 * @param image - `repository:tag`, on the node already
 * @returns seconds from the first command to the first login
 */
export async function timeOriginal(
  context: Context,
  options: { line: string; chart: string; image: string },
): Promise<Timing> {
  const { paths, secrets, signal } = context;
  const owner = demoUser(paths, 'owner');
  const ca = readFileSync(paths.caCert, 'utf8');
  const values = writeValues(context, options.line);
  const script = join(paths.source, 'files', 'original', 'install.sh');
  const begin = performance.now();
  const laps = await run([script, options.chart, values, options.image], {
    signal,
    capture: true,
    env: {
      PATH: `${POSTGRES_BIN}:${process.env.PATH}`,
      TOOLS: kubernetesTools(paths),
      KUBECONFIG: paths.kubeconfig,
      NODE_EXTRA_CA_CERTS: paths.caCert,
      HOST,
      CA_FILE: paths.caCert,
      POSTGRES,
      PGPASSWORD: secrets.postgresSuperuser,
      POSTGRES_SERVICE: IN_CLUSTER.postgres,
      // SQLAlchemy 2.1, which line 3.17 has, takes a bare name for psycopg 3
      AUTH_DRIVER:
        options.line === '3.6' ? 'postgresql' : 'postgresql+psycopg2',
      S3_URL: S3_ENDPOINT,
      S3_ROOT: `${S3_ROOT}:${secrets.minioRoot}`,
      KC_URL: AUTH_URL,
      KC_REALM: REALM,
      KC_ADMIN: 'admin',
      KC_ADMIN_PASSWORD: secrets.keycloakAdmin,
      LOGIN_USER: owner.username,
    },
  });
  const installed = performance.now();
  await firstLogin(`https://${HOST}/`, ca, owner, signal);
  return {
    total: since(begin),
    steps: { ...readLaps(laps), login: since(installed) },
  };
}

/**
 * The original has fixed names, which an instance called `mlflow` has too.
 *
 * @throws SandboxError when something has one of them
 */
export async function refuseTaken(context: Context): Promise<void> {
  const kc = await keycloakAdmin(context);
  const [namespace, databases, clients, bucket] = await Promise.all([
    kubectl(
      context,
      'get',
      'namespace',
      NAME,
      '--ignore-not-found',
      '-o',
      'name',
    ),
    sql(
      context,
      `SELECT datname FROM pg_database WHERE datname IN ('${NAME}', '${NAME}_auth');`,
    ),
    kc.call<unknown[]>('GET', `/${REALM}/clients?clientId=${NAME}`),
    objectStore(context, 'GET', `/${NAME}`),
  ]);
  const taken = [
    namespace && `namespace ${NAME}`,
    databases && `database ${databases.trim().split('\n').join(', ')}`,
    clients?.length && `Keycloak client ${NAME}`,
    bucket !== 404 && `bucket ${NAME}`,
  ].filter(Boolean);
  if (taken.length) {
    throw new SandboxError(
      `The original is installed under its own names, but there is ${taken.join(
        ', ',
      )} already: an instance called "${NAME}"? Remove it, or measure on a sandbox without it.`,
      { code: 2 },
    );
  }
}

/** Removes all that the original's sequence made; the groups scope is the realm's. */
export async function forgetOriginal(context: Context): Promise<void> {
  await forgetNamespace(context, NAME);
  await Promise.all([
    forgetDatabases(context, NAME),
    forgetBucket(context, NAME),
    forgetLogin(context),
  ]);
}

async function forgetLogin(context: Context): Promise<void> {
  const kc = await keycloakAdmin(context);
  const clients = await kc.call<{ id: string }[]>(
    'GET',
    `/${REALM}/clients?clientId=${NAME}`,
  );
  const groups = await Promise.all(
    GROUPS.map(group =>
      kc.call<{ id: string }>(
        'GET',
        `/${REALM}/group-by-path/${group}`,
        undefined,
        [404],
      ),
    ),
  );
  for (const { id } of clients ?? []) {
    await kc.call('DELETE', `/${REALM}/clients/${id}`, undefined, [404]);
  }
  for (const group of groups) {
    if (!group) continue;
    await kc.call('DELETE', `/${REALM}/groups/${group.id}`, undefined, [404]);
  }
}
