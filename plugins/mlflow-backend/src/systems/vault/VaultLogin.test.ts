import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { VaultConfig } from '../../platform/secretsConfig';
import { eventually } from '../../__testUtils__/eventually';
import { testVaultConfig } from '../../__testUtils__/platformConfig';
import {
  sandboxPlatformConfig,
  sandboxStateFolder,
} from '../../__testUtils__/sandbox';
import { startVaultServer, VaultServer } from '../../__testUtils__/vaultServer';
import { createPlatformFetch } from '../http';
import { VaultClient } from './VaultClient';

jest.setTimeout(60_000);

/** All but the timer that renews a token. */
const REAL_TIME = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
] as const;

const PATH = 'mlflow/a-namespace/a-secret';
const { fetch, close } = createPlatformFetch();

let server: VaultServer;
let approle: VaultConfig['auth'];
const clients: VaultClient[] = [];

const clientWith = (auth: VaultConfig['auth'] = approle) => {
  const config = { ...testVaultConfig(), address: server.address, auth };
  const client = new VaultClient(config, fetch);
  clients.push(client);
  return client;
};

async function accessors(): Promise<string[]> {
  const answer = await server.asAdmin('GET', 'auth/token/accessors?list=true');
  return Object(answer).data.keys;
}

beforeAll(async () => {
  server = await startVaultServer();
  await server.setUp();
  approle = await server.portalLogin();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.close()));
});

afterAll(async () => {
  await close();
  await server?.stop();
});

describe('the login', () => {
  it('is one for all calls, also for those that come at once', async () => {
    const before = await accessors();
    const vault = clientWith();
    await Promise.all([1, 2, 3, 4].map(() => vault.read(PATH)));
    expect(await accessors()).toHaveLength(before.length + 1);
    await vault.close();
    expect(await accessors()).toHaveLength(before.length);
  });

  it('is made again when its token was revoked', async () => {
    const before = await accessors();
    const vault = clientWith();
    await vault.read(PATH);
    for (const accessor of await accessors()) {
      if (!before.includes(accessor)) {
        await server.asAdmin('POST', 'auth/token/revoke-accessor', {
          accessor,
        });
      }
    }
    expect(await vault.read(PATH)).toBeUndefined();
  });

  it('is made again when its token is about to end', async () => {
    await server.asAdmin('POST', 'auth/approle/role/backstage-mlflow', {
      token_ttl: '2s',
    });
    const vault = clientWith();
    await vault.read(PATH);
    await sleep(2_100);
    expect(await vault.read(PATH)).toBeUndefined();
    await server.asAdmin('POST', 'auth/approle/role/backstage-mlflow', {
      token_ttl: '1h',
    });
  });

  it('may be that of the portal’s ServiceAccount', async () => {
    const { server: host, token } = sandboxPlatformConfig().kubernetes;
    const state = sandboxStateFolder();
    await server.setUp({
      PORTAL_LOGIN: 'kubernetes',
      KUBERNETES_HOST: host ?? '',
      KUBERNETES_CA: path.join(state, 'pki', 'ca.crt'),
      REVIEWER_TOKEN: path.join(state, 'run', 'vault-token-reviewer'),
    });
    const folder = await mkdtemp(path.join(tmpdir(), 'vault-login-'));
    const tokenFile = path.join(folder, 'token');
    const login = (role: string) =>
      clientWith({
        method: 'kubernetes',
        mount: 'kubernetes',
        role,
        tokenFile,
      }).check(AbortSignal.timeout(20_000));
    try {
      await expect(login('backstage-mlflow')).rejects.toThrow(
        `Vault: could not log in: the token of the portal's ServiceAccount cannot be read from ${tokenFile}.`,
      );
      await writeFile(tokenFile, token ?? '', { mode: 0o600 });
      await expect(login('backstage-mlflow')).resolves.toBeUndefined();
      // That of External Secrets is for the accounts of instances.
      await expect(login('mlflow')).rejects.toThrow(
        "Vault: the portal's login by auth/kubernetes is refused.",
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('renews a given token before it ends', async () => {
    const made = await server.asAdmin('POST', 'auth/token/create', {
      policies: ['backstage-mlflow'],
      no_default_policy: true,
      period: '1h',
    });
    const { client_token: token } = Object(made).auth;
    const isRenewed = async () => {
      const answer = await server.asAdmin('POST', 'auth/token/lookup', {
        token,
      });
      return Boolean(Object(answer).data.last_renewal);
    };
    jest.useFakeTimers({ doNotFake: [...REAL_TIME] });
    try {
      await clientWith({ method: 'token', token }).read(PATH);
      expect(await isRenewed()).toBe(false);
      jest.advanceTimersByTime(41 * 60_000);
    } finally {
      jest.useRealTimers();
    }
    await eventually('the token is renewed', isRenewed);
  });
});
