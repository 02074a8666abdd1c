import { mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_IP, PORTS, VAULT_URL } from '../addresses.ts';
import { built, isBuilt } from '../builds/cache.ts';
import { openbaoBuild } from '../builds/openbao.ts';
import { SandboxError } from '../errors.ts';
import type { Context, Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import { ensureCertificate } from '../pki.ts';
import type { CertificateSpec } from '../pki.ts';
import {
  allRunning,
  keepRunning,
  stopProcess,
  waitUntil,
} from '../processes.ts';
import { program } from '../requirements.ts';
import {
  readVaultKeys,
  stringIn,
  vaultRequest,
  writeVaultKeys,
} from '../vault-client.ts';
import { writeIfChanged } from '../write-file.ts';

const CERTIFICATE: CertificateSpec = {
  name: 'openbao',
  subject: '/CN=openbao',
  usage: 'serverAuth',
  san: ['DNS:localhost', 'IP:127.0.0.1', `IP:${NODE_IP}`],
};

/** What `sys/health` answers with. */
const OPEN = 200;
const SEALED = 503;
const NOT_INITIALISED = 501;

const dataFolder = (paths: Paths) => join(paths.data, 'openbao');

/** The `bao` command, for people and for tests that start a server of their own. */
export const baoCommand = (paths: Paths) => join(paths.state, 'bao');

/** Status of the server's health, or undefined while it does not answer. */
async function health(paths: Paths): Promise<number | undefined> {
  try {
    return (await vaultRequest(paths, 'GET', 'sys/health')).status;
  } catch {
    return undefined;
  }
}

function serverConfig(paths: Paths): string {
  return JSON.stringify({
    storage: { raft: { path: dataFolder(paths), node_id: 'sandbox' } },
    listener: {
      tcp: {
        address: `${NODE_IP}:${PORTS.vault}`,
        cluster_address: `127.0.0.1:${PORTS.vaultCluster}`,
        tls_cert_file: join(paths.tls, 'openbao.crt'),
        tls_key_file: join(paths.tls, 'openbao.key'),
      },
    },
    api_addr: VAULT_URL,
    cluster_addr: `https://127.0.0.1:${PORTS.vaultCluster}`,
    ui: false,
  });
}

/** Data whose keys are gone opens nobody any more. */
async function dropUnopenable({ paths, say }: Context) {
  if (readVaultKeys(paths)) return;
  await stopProcess(paths, 'openbao');
  if (statSync(dataFolder(paths), { throwIfNoEntry: false })) {
    say('removing data whose keys are gone');
    rmSync(dataFolder(paths), { recursive: true });
  }
}

async function initialise({ paths, say }: Context) {
  say('initialising');
  const { status, answer } = await vaultRequest(paths, 'PUT', 'sys/init', {
    content: { secret_shares: 1, secret_threshold: 1 },
  });
  if (status !== 200)
    throw new SandboxError(`OpenBao was not initialised (${status})`);
  writeVaultKeys(paths, {
    unsealKey: stringIn(answer, 'keys_base64', 0),
    rootToken: stringIn(answer, 'root_token'),
  });
}

async function unseal({ paths, say }: Context) {
  say('unsealing');
  const { status } = await vaultRequest(paths, 'PUT', 'sys/unseal', {
    content: { key: readVaultKeys(paths)?.unsealKey },
  });
  if (status !== 200)
    throw new SandboxError(`OpenBao was not unsealed (${status})`);
}

async function start(context: Context) {
  const { paths } = context;
  const bao = join(await built(context, openbaoBuild), 'bao');
  rmSync(baoCommand(paths), { force: true });
  symlinkSync(bao, baoCommand(paths));
  await ensureCertificate(context, paths.tls, CERTIFICATE);
  await dropUnopenable(context);
  mkdirSync(dataFolder(paths), { recursive: true, mode: 0o700 });
  const config = serverConfig(paths);
  const file = join(paths.run, 'openbao.json');
  writeIfChanged(file, config);
  await keepRunning(context, {
    name: 'openbao',
    argv: [bao, 'server', `-config=${file}`],
    config: [
      config,
      statSync(join(paths.tls, 'openbao.crt')).mtime.toISOString(),
    ],
  });
  const wait = (what: string, wanted: number[]) =>
    waitUntil(context, what, ['openbao'], async () =>
      wanted.includes((await health(paths)) ?? 0),
    );
  await wait('OpenBao', [OPEN, SEALED, NOT_INITIALISED]);
  if ((await health(paths)) === NOT_INITIALISED) await initialise(context);
  if ((await health(paths)) !== OPEN) await unseal(context);
  await wait('OpenBao, unsealed', [OPEN]);
}

/** OpenBao with raft storage, https on the bridge; the sandbox holds its key. */
export const openbao: Part = {
  name: 'openbao',
  needs: ['network', 'pki'],
  processes: ['openbao'],
  listens: [`${NODE_IP}:${PORTS.vault}`, `127.0.0.1:${PORTS.vaultCluster}`],
  requirements: paths =>
    isBuilt(paths, openbaoBuild)
      ? []
      : [program('python3', ['python3']), program('pip3', ['python3-pip'])],
  prepare: async context => {
    await built(context, openbaoBuild);
  },
  start,
  isUp: async ({ paths }) =>
    allRunning(paths, ['openbao']) && (await health(paths)) === OPEN,
  stop: ({ paths }) => stopProcess(paths, 'openbao'),
};
