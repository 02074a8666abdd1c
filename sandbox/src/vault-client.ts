import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VAULT_URL } from './addresses.ts';
import { SandboxError } from './errors.ts';
import { http } from './http.ts';
import type { Paths } from './paths.ts';
import { writeSecretFile } from './write-file.ts';

/** What opens OpenBao, and what its admin and the portal log in with. */
export interface VaultKeys {
  unsealKey: string;
  rootToken: string;
  /** Of the portal's role; absent before the set-up has run. */
  roleId?: string;
  secretId?: string;
}

const keysFile = (paths: Paths) => join(paths.state, 'vault.json');

/** The keys, or undefined when OpenBao was never initialised. */
export function readVaultKeys(paths: Paths): VaultKeys | undefined {
  return existsSync(keysFile(paths))
    ? JSON.parse(readFileSync(keysFile(paths), 'utf8'))
    : undefined;
}

export function writeVaultKeys(paths: Paths, keys: VaultKeys) {
  writeSecretFile(keysFile(paths), `${JSON.stringify(keys, null, 2)}\n`);
}

/**
 * A request to OpenBao.
 *
 * @returns the status and the answer's JSON, if any
 * @throws the network's error
 */
export async function vaultRequest(
  paths: Paths,
  method: string,
  path: string,
  options: { token?: string; content?: unknown } = {},
): Promise<{ status: number; answer: unknown }> {
  const { status, body } = await http({
    method,
    url: `${VAULT_URL}/v1/${path}`,
    headers: options.token ? { 'x-vault-token': options.token } : {},
    body:
      options.content === undefined
        ? undefined
        : JSON.stringify(options.content),
    ca: readFileSync(paths.caCert),
    timeoutMs: 10_000,
  });
  return {
    status,
    answer: body.length ? JSON.parse(body.toString()) : undefined,
  };
}

/**
 * A string of an answer.
 *
 * @throws SandboxError when it is not there
 */
export function stringIn(
  answer: unknown,
  ...path: (string | number)[]
): string {
  let found: unknown = answer;
  for (const key of path) {
    found =
      typeof found === 'object' && found !== null
        ? Reflect.get(found, key)
        : undefined;
  }
  if (typeof found !== 'string') {
    throw new SandboxError(`OpenBao's answer has no ${path.join('.')}`);
  }
  return found;
}
