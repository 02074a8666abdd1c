import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * Writes a file only when its content changes: some programs (kube-proxy) end
 * when their config file is touched.
 */
export function writeIfChanged(path: string, content: string) {
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return;
  writeFileSync(path, content, { mode: 0o600 });
}

/** Replaces a file of secrets in one step: it is never half written, and only its owner reads it. */
export function writeSecretFile(path: string, content: string) {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
