import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { join } from 'node:path';
import { NODE_IP, POD_CIDR, PORTS } from '../addresses.ts';
import { run, succeeds } from '../exec.ts';
import type { Context, Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import {
  allRunning,
  keepRunning,
  logFile,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { file } from '../requirements.ts';
import { fingerprint } from '../secrets.ts';
import { postgresRole } from '../portal-setup.ts';
import { databaseSql } from '../postgres-sql.ts';
import { killLeftovers } from '../sweep.ts';

const BIN = '/usr/lib/postgresql/15/bin';
const socketFolder = (paths: Paths) => join(paths.postgres, 'socket');
const dataFolder = (paths: Paths) => join(paths.postgres, 'data');

/** Number of user or group `postgres`, from /etc/passwd or /etc/group. */
function idOf(table: string): number {
  const line = readFileSync(table, 'utf8')
    .split('\n')
    .find(l => l.startsWith('postgres:'));
  return Number(line?.split(':')[2]);
}
const ids = () => ({ uid: idOf('/etc/passwd'), gid: idOf('/etc/group') });

/** Settings of the server. It holds nothing that a crash of the machine may not take: fsync is off. */
export function serverConfig(socket: string): string {
  return [
    `listen_addresses = '${NODE_IP}'`,
    `port = ${PORTS.postgres}`,
    `unix_socket_directories = '${socket}'`,
    `ssl = on`,
    `ssl_cert_file = 'server.crt'`,
    `ssl_key_file = 'server.key'`,
    `password_encryption = 'scram-sha-256'`,
    `max_connections = 300`,
    `shared_buffers = 128MB`,
    `fsync = off`,
    `synchronous_commit = off`,
    `full_page_writes = off`,
    `log_connections = off`,
    '',
  ].join('\n');
}

/** Only the server's own user comes in by the socket, everybody else by TLS and password. */
export const HBA = [
  'local all postgres peer',
  `hostssl all all ${POD_CIDR} scram-sha-256`,
  `hostnossl all all 0.0.0.0/0 reject`,
  '',
].join('\n');

const psql = (context: Context, input: string, database = 'postgres') =>
  run(
    [
      join(BIN, 'psql'),
      '-h',
      socketFolder(context.paths),
      '-p',
      String(PORTS.postgres),
      '-U',
      'postgres',
      '-d',
      database,
      '-v',
      'ON_ERROR_STOP=1',
      '-qAtX',
      '-f',
      '-',
    ],
    { signal: context.signal, input, capture: true, cwd: '/', ...ids() },
  );

function writeOwned(path: string, content: string | Buffer) {
  const { uid, gid } = ids();
  writeFileSync(path, content, { mode: 0o600 });
  chownSync(path, uid, gid);
}

/**
 * The data lies outside the state folder, and may have outlived it: no password
 * that stands in it is known any more.
 */
function dropOutlived({ paths, secrets, say }: Context) {
  const marker = join(paths.postgres, 'made-with');
  const wanted = fingerprint(secrets);
  const found = existsSync(marker) ? readFileSync(marker, 'utf8') : undefined;
  if (found === wanted) return;
  if (existsSync(dataFolder(paths))) {
    say('removing the data of a sandbox whose secrets are gone');
    rmSync(dataFolder(paths), { recursive: true });
  }
  mkdirSync(paths.postgres, { recursive: true, mode: 0o700 });
  writeFileSync(marker, wanted, { mode: 0o600 });
}

async function initialise(context: Context) {
  const { paths, signal, say } = context;
  const { uid, gid } = ids();
  dropOutlived(context);
  for (const folder of [
    paths.postgres,
    socketFolder(paths),
    dataFolder(paths),
  ]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chownSync(folder, uid, gid);
  }
  chmodSync(join(paths.postgres, '..'), 0o755);
  if (existsSync(join(dataFolder(paths), 'PG_VERSION'))) return;
  say('making the database cluster');
  await run(
    [
      join(BIN, 'initdb'),
      '-D',
      dataFolder(paths),
      '-U',
      'postgres',
      '--auth=reject',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-sync',
    ],
    { signal, uid, gid, cwd: '/', log: logFile(paths, 'postgres-init') },
  );
}

const accepts = ({ paths, signal }: Context) =>
  succeeds(
    [
      join(BIN, 'pg_isready'),
      '-q',
      '-h',
      socketFolder(paths),
      '-p',
      String(PORTS.postgres),
    ],
    signal,
  );

/**
 * Ends a server whose pid file was lost: it works in its data folder, and its
 * parts too. Its locks go as well, since PostgreSQL takes a zombie, or another
 * process with the same number, for the living owner.
 */
async function sweep({ paths }: Context) {
  if (allRunning(paths, ['postgres'])) return;
  const data = dataFolder(paths);
  await killLeftovers(({ cwd }) => cwd === data);
  rmSync(join(data, 'postmaster.pid'), { force: true });
  rmSync(socketFolder(paths), { recursive: true, force: true });
}

async function start(context: Context) {
  const { paths, secrets } = context;
  await initialise(context);
  const data = dataFolder(paths);
  for (const kind of ['crt', 'key']) {
    const target = join(data, `server.${kind}`);
    copyFileSync(join(paths.tls, `postgres.${kind}`), target);
    chmodSync(target, 0o600);
    chownSync(target, ids().uid, ids().gid);
  }
  const config = serverConfig(socketFolder(paths));
  writeOwned(join(data, 'postgresql.conf'), config);
  writeOwned(join(data, 'pg_hba.conf'), HBA);
  await keepRunning(context, {
    name: 'postgres',
    argv: [join(BIN, 'postgres'), '-D', data],
    ...ids(),
    config: [
      config,
      HBA,
      statSync(join(paths.tls, 'postgres.crt')).mtime.toISOString(),
    ],
  });
  await waitUntil(context, 'PostgreSQL', ['postgres'], () => accepts(context));
  await psql(context, databaseSql(secrets, postgresRole(paths)));
}

/** PostgreSQL 15 with TLS, run by the user `postgres`. */
export const postgres: Part = {
  name: 'postgres',
  needs: ['network', 'pki'],
  processes: ['postgres'],
  listens: [`${NODE_IP}:${PORTS.postgres}`],
  requirements: () => [file(join(BIN, 'postgres'), ['postgresql-15'])],
  sweep,
  start,
  isUp: async context =>
    allRunning(context.paths, ['postgres']) && accepts(context),
  // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to go
  stop: ({ paths }) => stopProcess(paths, 'postgres', { signal: 'SIGINT' }),
};
