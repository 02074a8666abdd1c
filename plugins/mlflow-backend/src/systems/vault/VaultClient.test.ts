import { VaultConfig } from '../../platform/secretsConfig';
import { testVaultConfig } from '../../__testUtils__/platformConfig';
import {
  AppRole,
  startVaultServer,
  VaultServer,
} from '../../__testUtils__/vaultServer';
import { createPlatformFetch } from '../http';
import { VaultClient } from './VaultClient';

jest.setTimeout(60_000);

const PATH = 'mlflow/a-namespace/a-secret';
const { fetch, close } = createPlatformFetch();
const signal = () => AbortSignal.timeout(20_000);

let server: VaultServer;
let auth: AppRole;
const clients: VaultClient[] = [];

const clientWith = (changes: Partial<VaultConfig> = {}) => {
  const client = new VaultClient(
    { ...testVaultConfig(), address: server.address, auth, ...changes },
    fetch,
  );
  clients.push(client);
  return client;
};

beforeAll(async () => {
  server = await startVaultServer();
  await server.setUp();
  await server.setUp(); // twice is once
  auth = await server.portalLogin();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.close()));
});

afterAll(async () => {
  await close();
  await server?.stop();
});

describe('the KV engine', () => {
  afterEach(() => clientWith().destroy(PATH));

  it('holds values with a version, and metadata', async () => {
    const vault = clientWith();
    expect(await vault.read(PATH)).toBeUndefined();
    await vault.describe(PATH, { mark: 'm' });
    expect(await vault.read(PATH)).toEqual({
      version: 0,
      metadata: { mark: 'm' },
    });
    await vault.write(PATH, { one: '1' }, 0);
    await vault.write(PATH, { one: '2' }, 1);
    expect(await vault.read(PATH)).toEqual({
      version: 2,
      metadata: { mark: 'm' },
      values: { one: '2' },
    });
    await vault.destroy(PATH);
    expect(await vault.read(PATH)).toBeUndefined();
    await expect(vault.destroy(PATH)).resolves.toBeUndefined();
  });

  it('refuses to write over a version that it did not see', async () => {
    const vault = clientWith();
    await vault.write(PATH, { one: '1' }, 0);
    await expect(vault.write(PATH, { one: '2' }, 0)).rejects.toMatchObject({
      name: 'ConflictError',
      message: `Vault: could not write secret/${PATH}: somebody else wrote it at the same moment. Run it again.`,
    });
  });

  it('tells values that somebody deleted from a path that is not there', async () => {
    const vault = clientWith();
    await vault.write(PATH, { one: '1' }, 0);
    await server.asAdmin('DELETE', `secret/data/${PATH}`);
    expect(await vault.read(PATH)).toEqual({ version: 1, metadata: {} });
    await vault.write(PATH, { one: '2' }, 1);
    expect((await vault.read(PATH))?.values).toEqual({ one: '2' });
  });
});

describe('what is missing is said in one sentence', () => {
  const check = (changes: Partial<VaultConfig> = {}) =>
    clientWith(changes).check(signal());

  it('nothing', async () => {
    await expect(check()).resolves.toBeUndefined();
  });

  it('no answer', async () => {
    await expect(check({ address: 'http://127.0.0.1:1' })).rejects.toThrow(
      /^Vault: could not log in: no answer from http:\/\/127.0.0.1:1 \(.*\). Check mlflow.platforms.<platform>.secrets.vault.address and that Vault is up./,
    );
  });

  it('a secret id that is refused', async () => {
    const refused = { ...auth, secretId: 'wrong' };
    await expect(check({ auth: refused })).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        "Vault: the portal's login by auth/approle is refused. Check mlflow.platforms.<platform>.secrets.vault.auth: it may have expired or been revoked.",
    });
  });

  it('a token that is refused', async () => {
    await expect(
      check({ auth: { method: 'token', token: 'wrong' } }),
    ).rejects.toThrow("Vault: the portal's token is refused.");
  });

  it('an auth method that is not there', async () => {
    await expect(
      check({ auth: { ...auth, mount: 'nowhere' } }),
    ).rejects.toThrow("Vault: the portal's login by auth/nowhere is refused.");
  });

  it('an engine that is not there', async () => {
    await expect(check({ mount: 'nowhere' })).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(
        /^Vault: there is no KV engine at nowhere\//,
      ),
    });
  });

  it('an engine of version 1', async () => {
    await server.asAdmin('POST', 'sys/mounts/old', { type: 'kv' });
    await server.asAdmin('POST', 'sys/policies/acl/old', {
      policy: 'path "old/*" { capabilities = ["create", "read", "update"] }',
    });
    const made = await server.asAdmin('POST', 'auth/token/create', {
      policies: ['old', 'default'],
    });
    const token = Object(made).auth.client_token;
    const old = { mount: 'old', auth: { method: 'token', token } as const };
    await expect(check(old)).rejects.toThrow(
      'Vault: old/ is no KV engine of version 2.',
    );
    await expect(clientWith(old).write(PATH, { one: '1' }, 0)).rejects.toThrow(
      'Check that old/ is a KV engine of version 2.',
    );
  });

  it('rights below the prefix', async () => {
    await expect(check({ prefix: 'other' })).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(
        /^Vault: the portal may not create secret\/data\/other\/\*, read .*, delete secret\/metadata\/other\/\*. Run the plugin's setup\/vault.sh/,
      ),
    });
    await expect(
      clientWith().write('other/x', { one: '1' }, 0),
    ).rejects.toThrow(
      "Vault: the portal may not write secret/other/x. Run the plugin's setup/vault.sh for this mount and prefix.",
    );
  });
});

it('lets the portal do nothing but write below its prefix', async () => {
  const { token } = await logIn();
  const status = async (method: string, name: string) =>
    (
      await globalThis.fetch(`${server.address}/v1/${name}`, {
        method,
        headers: { 'x-vault-token': token },
        body: method === 'POST' ? '{}' : undefined,
      })
    ).status;

  for (const [method, name] of [
    ['GET', 'secret/data/other/x'],
    ['POST', 'secret/data/other/x'],
    ['GET', 'secret/metadata/?list=true'],
    ['GET', 'sys/policies/acl/mlflow'],
    ['POST', 'sys/policies/acl/mine'],
    ['POST', 'auth/kubernetes/role/mine'],
    ['POST', 'auth/approle/role/mine'],
    ['POST', 'auth/approle/role/backstage-mlflow/secret-id'],
    ['POST', 'auth/token/create'],
    ['POST', 'sys/mounts/mine'],
    ['POST', 'sys/seal'],
  ]) {
    expect([method, name, await status(method, name)]).toEqual([
      method,
      name,
      403,
    ]);
  }
});

it('says that Vault is sealed', async () => {
  const sealable = await startVaultServer();
  try {
    await sealable.setUp();
    const login = await sealable.portalLogin();
    const before = clientWith({ address: sealable.address, auth: login });
    await before.read(PATH);
    await sealable.asAdmin('POST', 'sys/seal');
    const remedy = `${sealable.address} is sealed. Have Vault's admin unseal it, then run it again.`;
    await expect(before.write(PATH, { one: '1' }, 0)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: `Vault: could not write secret/${PATH}: ${remedy}`,
    });
    await expect(
      clientWith({ address: sealable.address, auth: login }).check(signal()),
    ).rejects.toThrow(`Vault: could not log in: ${remedy}`);
  } finally {
    await sealable.stop();
  }
});

async function logIn(): Promise<{ token: string }> {
  const answer = await server.asAdmin('POST', 'auth/approle/login', {
    role_id: auth.roleId,
    secret_id: auth.secretId,
  });
  return { token: Object(answer).auth.client_token };
}
