import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AUTH_URL, NODE_IP, PORTS } from '../addresses.ts';
import { built, isBuilt } from '../builds/cache.ts';
import { keycloakBuild } from '../builds/keycloak.ts';
import { answers } from '../http.ts';
import { ensureRealm } from '../keycloak-realm.ts';
import type { Context, Part } from '../part.ts';
import { keycloakClient } from '../portal-setup.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { program } from '../requirements.ts';

const ready = () =>
  answers({ url: `http://127.0.0.1:${PORTS.keycloakManagement}/health/ready` });

async function start(context: Context) {
  const { paths, secrets, say } = context;
  const home = await built(context, keycloakBuild);
  const certificate = join(paths.tls, 'keycloak.crt');
  await keepRunning(context, {
    name: 'keycloak',
    argv: [
      join(home, 'bin', 'kc.sh'),
      'start',
      '--optimized',
      // one issuer for everybody: pages and tokens name the public URL, back channels keep the address they were asked at
      `--hostname=${AUTH_URL}`,
      '--hostname-backchannel-dynamic=true',
      '--proxy-headers=xforwarded',
      `--http-host=${NODE_IP}`,
      `--https-port=${PORTS.keycloak}`,
      '--http-enabled=false',
      `--https-certificate-file=${certificate}`,
      `--https-certificate-key-file=${join(paths.tls, 'keycloak.key')}`,
      '--http-management-host=127.0.0.1',
      `--http-management-port=${PORTS.keycloakManagement}`,
      '--http-management-scheme=http',
      '--cache=local',
      `--db-url=jdbc:postgresql://${NODE_IP}:${PORTS.postgres}/keycloak?sslmode=verify-full&sslrootcert=${paths.caCert}`,
      '--db-username=keycloak',
      '--db-pool-max-size=20',
    ],
    env: {
      KC_DB_PASSWORD: secrets.postgresKeycloak,
      KC_BOOTSTRAP_ADMIN_USERNAME: 'admin',
      KC_BOOTSTRAP_ADMIN_PASSWORD: secrets.keycloakAdmin,
      KC_BOOTSTRAP_ADMIN_CLIENT_ID: 'sandbox-admin',
      KC_BOOTSTRAP_ADMIN_CLIENT_SECRET: secrets.keycloakAdminClient,
      JAVA_OPTS_KC_HEAP: '-Xms128m -Xmx512m',
      // the first seconds count more than the last percent of throughput
      JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
    },
    config: [statSync(certificate).mtime.toISOString()],
  });
  await waitUntil(context, 'Keycloak', ['keycloak'], ready, 240_000);
  say('ensuring the realm');
  await ensureRealm(
    {
      url: `https://${NODE_IP}:${PORTS.keycloak}`,
      ca: readFileSync(paths.caCert),
      clientSecret: secrets.keycloakAdminClient,
    },
    secrets,
    paths.users,
    keycloakClient(paths),
  );
}

/** Keycloak 26 on PostgreSQL, https only, with the realm `sandbox`. */
export const keycloak: Part = {
  name: 'keycloak',
  needs: ['postgres'],
  processes: ['keycloak'],
  listens: [
    `${NODE_IP}:${PORTS.keycloak}`,
    `127.0.0.1:${PORTS.keycloakManagement}`,
  ],
  requirements: paths => [
    program('java', ['openjdk-17-jre-headless']),
    ...(isBuilt(paths, keycloakBuild)
      ? []
      : [program('mvn', ['maven']), program('unzip', ['unzip'])]),
  ],
  prepare: async context => {
    await built(context, keycloakBuild);
  },
  start,
  isUp: async ({ paths }) => allRunning(paths, ['keycloak']) && (await ready()),
  stop: ({ paths }) => stopProcess(paths, 'keycloak', { graceMs: 15_000 }),
};
