import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Writes a file only when its content changes: some programs (kube-proxy) end
 * when their config file is touched.
 */
export function writeIfChanged(path: string, content: string) {
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return;
  writeFileSync(path, content, { mode: 0o600 });
}
