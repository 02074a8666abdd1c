import { execFile, spawn } from 'node:child_process';
import { AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { randomSecret } from '../systems/secrets/generate';
import { VaultConfig } from '../platform/secretsConfig';
import { sandboxStateFolder } from './sandbox';

const START_MS = 30_000;
const SETUP = path.resolve(__dirname, '../../setup/vault.sh');

/** How the portal logs in after the set-up. */
export type AppRole = Extract<VaultConfig['auth'], { method: 'approle' }>;

/** An OpenBao of a test's own, in memory, that may be sealed and broken. */
export interface VaultServer {
  address: string;
  /** A request as its admin; `path` begins behind `/v1/`. @returns the JSON */
  asAdmin(method: string, path: string, content?: unknown): Promise<unknown>;
  /** Runs the plugin's `setup/vault.sh` with these settings. */
  setUp(settings?: Record<string, string>): Promise<void>;
  /** The portal's login, as the set-up says to get it. */
  portalLogin(): Promise<AppRole>;
  stop(): Promise<void>;
}

/** Starts a server on loopback with the `bao` of the sandbox. */
export async function startVaultServer(): Promise<VaultServer> {
  const bao = path.join(sandboxStateFolder(), 'bao');
  const token = randomSecret();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = { ...process.env, BAO_ADDR: address, BAO_TOKEN: token };
  const child = spawn(
    bao,
    [
      'server',
      '-dev',
      '-dev-no-store-token',
      `-dev-listen-address=127.0.0.1:${port}`,
    ],
    { stdio: 'ignore', env: { ...env, BAO_DEV_ROOT_TOKEN_ID: token } },
  );
  const ended = new Promise(resolve => {
    child.once('close', resolve);
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const asAdmin: VaultServer['asAdmin'] = async (method, name, content) => {
    const answer = await fetch(`${address}/v1/${name}`, {
      method,
      headers: { 'x-vault-token': token },
      body: content === undefined ? undefined : JSON.stringify(content),
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${name}: ${answer.status}`);
    }
    return text ? JSON.parse(text) : undefined;
  };
  const deadline = Date.now() + START_MS;
  while (!(await isOpen(address))) {
    if (Date.now() > deadline || child.exitCode !== null) {
      await stop();
      throw new Error(`OpenBao did not start within ${START_MS / 1000} s.`);
    }
    await sleep(50);
  }
  return {
    address,
    asAdmin,
    stop,
    async setUp(settings = {}) {
      await promisify(execFile)('sh', [SETUP], {
        env: { ...env, CLI: bao, ...settings },
      });
    },
    async portalLogin() {
      const role = 'auth/approle/role/backstage-mlflow';
      const data = z.object({
        data: z.object({
          role_id: z.string().default(''),
          secret_id: z.string().default(''),
        }),
      });
      const { data: id } = data.parse(await asAdmin('GET', `${role}/role-id`));
      const { data: secret } = data.parse(
        await asAdmin('POST', `${role}/secret-id`),
      );
      return {
        method: 'approle',
        mount: 'approle',
        roleId: id.role_id,
        secretId: secret.secret_id,
      };
    },
  };
}

async function isOpen(address: string): Promise<boolean> {
  return fetch(`${address}/v1/sys/health`).then(
    answer => answer.status === 200,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.address());
  await new Promise(resolve => server.close(resolve));
  return port;
}

function portOf(address: AddressInfo | string | null): number {
  if (!address || typeof address === 'string') {
    throw new Error('A server on a port has no port.');
  }
  return address.port;
}
