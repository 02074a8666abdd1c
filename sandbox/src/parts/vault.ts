import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_IP, PORTS, VAULT_URL } from '../addresses.ts';
import { built } from '../builds/cache.ts';
import { kubernetesBuild } from '../builds/go.ts';
import { SandboxError } from '../errors.ts';
import { run } from '../exec.ts';
import { kubeApply, requestToken } from '../kubernetes-client.ts';
import type { Context, Part } from '../part.ts';
import type { Paths } from '../paths.ts';
import {
  readVaultKeys,
  stringIn,
  vaultRequest,
  writeVaultKeys,
} from '../vault-client.ts';
import { writeSecretFile } from '../write-file.ts';
import { baoCommand } from './openbao.ts';

/** What adopters run and apply: the sandbox's Vault is set up by nothing else. */
const SETUP = 'plugins/mlflow-backend/setup';

const REVIEWER = { namespace: 'vault', name: 'vault-token-reviewer' };
const ROLE = 'auth/approle/role/backstage-mlflow';

/** Whether the portal gets in with what it has; the token is given back. */
async function portalGetsIn(paths: Paths): Promise<boolean> {
  const { roleId, secretId } = readVaultKeys(paths) ?? {};
  if (!roleId || !secretId) return false;
  try {
    const { status, answer } = await vaultRequest(
      paths,
      'POST',
      'auth/approle/login',
      { content: { role_id: roleId, secret_id: secretId } },
    );
    if (status !== 200) return false;
    const token = stringIn(answer, 'auth', 'client_token');
    await vaultRequest(paths, 'POST', 'auth/token/revoke-self', { token });
    return true;
  } catch {
    return false;
  }
}

async function ensureLogin({ paths }: Context, rootToken: string) {
  if (await portalGetsIn(paths)) return;
  const ask = async (method: string, path: string, field: string) => {
    const { answer } = await vaultRequest(paths, method, `${ROLE}/${path}`, {
      token: rootToken,
    });
    return stringIn(answer, 'data', field);
  };
  const keys = readVaultKeys(paths);
  if (!keys) return;
  writeVaultKeys(paths, {
    ...keys,
    roleId: await ask('GET', 'role-id', 'role_id'),
    secretId: await ask('POST', 'secret-id', 'secret_id'),
  });
}

async function start(context: Context) {
  const { paths, signal, say } = context;
  const keys = readVaultKeys(paths);
  if (!keys) {
    throw new SandboxError('OpenBao has no keys: run the same command again');
  }
  const hyperkube = join(await built(context, kubernetesBuild), 'hyperkube');
  const folder = join(paths.repo, SETUP);
  await kubeApply(
    context,
    hyperkube,
    readFileSync(join(folder, 'vault-token-reviewer.yaml'), 'utf8'),
  );
  const reviewer = join(paths.run, 'vault-token-reviewer');
  writeSecretFile(
    reviewer,
    await requestToken(paths, REVIEWER.namespace, REVIEWER.name),
  );
  say('running the set-up');
  await run(['sh', join(folder, 'vault.sh')], {
    signal,
    log: join(paths.log, 'vault-setup.log'),
    env: {
      CLI: baoCommand(paths),
      BAO_ADDR: VAULT_URL,
      BAO_CACERT: paths.caCert,
      BAO_TOKEN: keys.rootToken,
      KUBERNETES_HOST: `https://${NODE_IP}:${PORTS.kubernetes}`,
      KUBERNETES_CA: join(paths.pki, 'ca.crt'),
      REVIEWER_TOKEN: reviewer,
    },
  });
  await ensureLogin(context, keys.rootToken);
}

/** OpenBao prepared for the platform by the plugin's own file, and the portal's login to it. */
export const vault: Part = {
  name: 'vault',
  needs: ['openbao', 'external-secrets', 'kubernetes-api'],
  processes: [],
  requirements: () => [],
  start,
  isUp: ({ paths }) => portalGetsIn(paths),
  stop: async () => {},
};
