import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from 'jest';

/** What the integration tests speak to. */
const PARTS = 'postgres,keycloak,minio,registry,docker,base-image,kubernetes';

/**
 * Starts the sandbox's services before tests that need them. They are left
 * running: the next run finds them. When only pure tests are selected nothing
 * is started.
 */
export default async function globalSetup(
  config: Config & { nonFlagArgs?: string[] },
): Promise<void> {
  if (needsSandbox(config.nonFlagArgs ?? [])) {
    await startSandbox();
  }
}

function needsSandbox(patterns: string[]): boolean {
  const source = path.resolve(__dirname, '..');
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.test\.ts$/.test(name))
    .map(name => path.join(source, name))
    .filter(
      file =>
        patterns.length === 0 ||
        patterns.some(pattern => new RegExp(pattern).test(file)),
    )
    .some(file => readFileSync(file, 'utf8').includes('__testUtils__/sandbox'));
}

async function startSandbox(): Promise<void> {
  const repo = path.resolve(__dirname, '../../../..');
  const child = spawn(
    path.join(repo, 'yarnw'),
    ['sandbox', 'up', '--only', PARTS],
    { cwd: repo, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    throw new Error(
      `./yarnw sandbox up ended with ${code}; it says why above.`,
    );
  }
}
