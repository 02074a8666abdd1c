import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForPortalUser } from '@internal/mlflow-sandbox/src/demo/ready.ts';
import type { PortalUser } from '@internal/mlflow-sandbox/src/demo/scaffolder.ts';
import { demoUser } from '@internal/mlflow-sandbox/src/demo/users.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { AUTH_HOST } from '@internal/mlflow-sandbox/src/addresses.ts';
import { Backend } from '../fault-tests/lane/Backend.ts';
import { buildBundle } from '../fault-tests/lane/bundle.ts';
import {
  makeSignInClient,
  removeSignInClient,
} from '../fault-tests/lane/signInClient.ts';
import { ApiServer } from './ApiServer.ts';
import { measure } from './measure.ts';
import type { Figures } from './measure.ts';
import { makeInstances } from './objects.ts';
import { watchFigures } from './watchFigures.ts';
import type { WatchFigures } from './watchFigures.ts';

/** Number of its client in Keycloak, which no lane of other tests has. */
const CLIENT = 70;
const PORT = 7070;
const DATABASES = 'bench_status_';
const ROLES = ['owner', 'member', 'outsider', 'admin'];

/** What a number of instances costs. */
export interface Scale extends Figures, WatchFigures {
  instances: number;
  /** Load average of the machine, over a minute, when it was measured. */
  load: number;
}

/** The result: that of all instances, and that of a tenth of them. */
export interface StatusBench extends Scale {
  smaller: Scale;
}

/**
 * Measures what looking at instances costs, with the portal's backend as it is
 * built, its catalog in PostgreSQL, real sign-ins and an API server of its own.
 *
 * @param load - the load average of the machine
 */
export async function benchStatus(
  context: Context,
  instances: number,
  load: () => number,
): Promise<StatusBench> {
  const { paths, say } = context;
  const folder = join(paths.state, 'bench', 'portal');
  const api = new ApiServer(context);
  const later: Context = { ...context, signal: new AbortController().signal };
  let backend: Backend | undefined;
  try {
    say('building the portal');
    const portal = await buildBundle(context, 'bench-status/portal.ts');
    const probe = await buildBundle(context, 'bench-status/watchProbe.ts');
    say('starting an API server');
    await api.start();
    const smaller = Math.floor(instances / 10);
    await makeInstances(api, 0, smaller);
    backend = await preparePortal(context, { api, folder, file: portal.file });
    say('starting the portal');
    await backend.start();
    const users = await signInAll(context, backend.api);
    const at = async (count: number): Promise<Scale> => {
      say(`measuring with ${count} instances`);
      const watch = await watchFigures(context, api, probe.file, count);
      const figures = await measure(context, {
        api,
        users,
        portal: backend?.api ?? '',
        pid: backend?.pid,
        count,
      });
      return { instances: count, load: load(), ...figures, ...watch };
    };
    const few = await at(smaller);
    say(`making ${instances - smaller} more instances`);
    await makeInstances(api, smaller, instances);
    return { ...(await at(instances)), smaller: few };
  } finally {
    say('removing what was made');
    await backend?.kill();
    await backend?.dropDatabases();
    await removeSignInClient(later, CLIENT);
    await api.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function preparePortal(
  context: Context,
  { api, folder, file }: { api: ApiServer; folder: string; file: string },
): Promise<Backend> {
  const { paths } = context;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'tmp'), { recursive: true, mode: 0o700 });
  const hostsFile = join(folder, 'hosts');
  writeFileSync(hostsFile, `127.0.0.1 localhost\n127.0.0.1 ${AUTH_HOST}\n`);
  const client = await makeSignInClient(context, CLIENT, [PORT]);
  const backend = new Backend({
    context,
    port: PORT,
    folder,
    bundle: file,
    hostsFile,
    database: DATABASES,
    config: {
      backend: {
        baseUrl: `http://localhost:${PORT}`,
        listen: { host: '127.0.0.1', port: PORT },
        database: { prefix: DATABASES },
      },
      auth: {
        providers: {
          oidc: {
            development: {
              clientId: client.clientId,
              clientSecret: client.secret,
            },
          },
        },
      },
      mlflow: {
        // The instances have no systems behind them that could be looked at.
        health: { interval: { seconds: 0 } },
        platforms: {
          sandbox: {
            kubernetes: {
              server: api.url,
              token: await api.token(),
              ca: readFileSync(join(paths.pki, 'ca.crt'), 'utf8'),
            },
          },
        },
      },
    },
  });
  await backend.dropDatabases();
  return backend;
}

async function signInAll(
  { paths, signal, say }: Context,
  api: string,
): Promise<PortalUser[]> {
  say('signing in');
  const ca = readFileSync(paths.caCert, 'utf8');
  const users: PortalUser[] = [];
  for (const role of ROLES) {
    const user = demoUser(paths, role);
    users.push(await waitForPortalUser(ca, user, signal, 300_000, api));
  }
  return users;
}
