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
  const sources = selectedTests(config.nonFlagArgs ?? []);
  const imports = (name: string) =>
    sources.some(text => text.includes(`__testUtils__/${name}`));
  const wanted = ['vault', 'monitoring'].filter(imports);
  if (wanted.length > 0) {
    await startSandbox(['--with', wanted.join(',')]);
  } else if (imports('sandbox') || imports('stepContext')) {
    await startSandbox([]);
  }
}

/** The texts of the tests that these patterns select. */
function selectedTests(patterns: string[]): string[] {
  const source = path.resolve(__dirname, '..');
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.test\.ts$/.test(name))
    .map(name => path.join(source, name))
    .filter(
      file =>
        patterns.length === 0 ||
        patterns.some(pattern => new RegExp(pattern).test(file)),
    )
    .map(file => readFileSync(file, 'utf8'));
}

async function startSandbox(more: string[]): Promise<void> {
  const repo = path.resolve(__dirname, '../../../..');
  const child = spawn(
    path.join(repo, 'yarnw'),
    ['sandbox', 'up', '--install', '--only', PARTS, ...more],
    { cwd: repo, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const [code] = await once(child, 'exit');
  if (code !== 0) {
    throw new Error(
      `./yarnw sandbox up ended with ${code}; it says why above.`,
    );
  }
}
