import { SandboxError } from '../errors.ts';
import type { Paths } from '../paths.ts';
import { readVaultKeys, vaultRequest } from '../vault-client.ts';

const FOLDER = 'secret/metadata/mlflow';

/** Removes what a namespace has in Vault, all versions; nothing where there is no Vault. */
export async function forgetSecrets(
  paths: Paths,
  namespace: string,
): Promise<void> {
  const token = readVaultKeys(paths)?.rootToken;
  if (!token) return;
  const below = `${FOLDER}/${namespace}`;
  for (const name of await namesIn(paths, below, token)) {
    const { status } = await vaultRequest(paths, 'DELETE', `${below}/${name}`, {
      token,
    });
    if (status >= 300)
      throw new SandboxError(`OpenBao: ${below}/${name} stays (${status})`);
  }
}

/** A Vault that does not run now had nobody who could write to it either. */
async function namesIn(
  paths: Paths,
  folder: string,
  token: string,
): Promise<string[]> {
  const listed = await vaultRequest(paths, 'GET', `${folder}?list=true`, {
    token,
  }).catch(() => undefined);
  if (listed?.status !== 200) return [];
  const { data }: { data: { keys: string[] } } = Object(listed.answer);
  return data.keys;
}
