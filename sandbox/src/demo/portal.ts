import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { SandboxError } from '../errors.ts';
import { run } from '../exec.ts';
import { answers } from '../http.ts';
import type { Context } from '../part.ts';
import type { Paths } from '../paths.ts';
import {
  keepRunning,
  logFile,
  runningPid,
  stopProcess,
  waitUntil,
} from '../processes.ts';

/** Where the portal is, in the browser and for programs. */
export const PORTAL = {
  app: 'http://localhost:3000',
  api: 'http://localhost:7007',
};

const NAME = 'portal';
const LOCAL_CONFIG = 'app-config.local.yaml';

/** Where a portal on the sandbox keeps the secrets of instances. */
export type SecretProvider = 'kubernetes' | 'vault';

/** @throws SandboxError for a name that is none */
export function secretProvider(name: string): SecretProvider {
  if (name === 'kubernetes' || name === 'vault') return name;
  throw new SandboxError(
    `Secrets lie in kubernetes or vault, not in "${name}".`,
    { code: 2 },
  );
}

/** The portal's command: backend and frontend, with the configs that exist. */
function portalArgv(
  paths: Paths,
  withSandbox: boolean,
  secrets: SecretProvider,
): string[] {
  const sandboxConfigs = [
    paths.config,
    ...(secrets === 'vault' ? [paths.vaultConfig] : []),
  ];
  const configs = [
    join(paths.repo, 'app-config.yaml'),
    ...(withSandbox ? sandboxConfigs : []),
    ...[join(paths.repo, LOCAL_CONFIG)].filter(existsSync),
  ];
  return [
    process.execPath,
    join(paths.repo, 'node_modules/@backstage/cli/bin/backstage-cli'),
    'repo',
    'start',
    ...configs.flatMap(config => ['--config', config]),
  ];
}

function portalEnvironment(
  paths: Paths,
  withSandbox: boolean,
): Record<string, string> {
  return withSandbox ? { NODE_EXTRA_CA_CERTS: paths.caBundle } : {};
}

/** Whether the dependencies are there and as new as the lock file. */
function isInstalled(paths: Paths): boolean {
  const state = join(paths.repo, 'node_modules/.yarn-state.yml');
  const lock = join(paths.repo, 'yarn.lock');
  return existsSync(state) && statSync(state).mtimeMs >= statSync(lock).mtimeMs;
}

/** Installs the portal's dependencies; nothing to do when they are there. */
export async function installDependencies(context: Context): Promise<void> {
  const { paths, signal } = context;
  if (isInstalled(paths)) return;
  await run([join(paths.repo, 'yarnw'), 'install', '--immutable'], {
    signal,
    cwd: paths.repo,
    log: logFile(paths, 'install'),
  });
}

export const isPortalRunning = (paths: Paths): boolean =>
  runningPid(paths, NAME) !== undefined;

/** @throws SandboxError when another program has the portal's ports */
async function refuseTakenPorts(paths: Paths): Promise<void> {
  if (isPortalRunning(paths)) return;
  for (const url of [PORTAL.app, PORTAL.api]) {
    if (await answers({ url }, [200, 404, 503])) {
      throw new SandboxError(
        `Something else answers at ${url}, where the portal goes. Stop it (a ./yarnw start of yours?) and run again.`,
        { code: 2 },
      );
    }
  }
}

/** Starts the portal on the sandbox and leaves it running. */
export async function startPortal(
  context: Context,
  secrets: SecretProvider,
): Promise<void> {
  const { paths } = context;
  await refuseTakenPorts(paths);
  await keepRunning(context, {
    name: NAME,
    argv: portalArgv(paths, true, secrets),
    cwd: paths.repo,
    env: portalEnvironment(paths, true),
    config: [paths.config],
  });
  await waitUntil(
    context,
    'the portal',
    [NAME],
    async () =>
      (await answers({
        url: `${PORTAL.api}/.backstage/health/v1/readiness`,
      })) && (await answers({ url: PORTAL.app })),
    300_000,
  );
}

export async function stopPortal(paths: Paths): Promise<void> {
  await stopProcess(paths, NAME);
}

/**
 * Runs the portal in the foreground: on the sandbox where one is up, otherwise
 * with app-config.local.yaml.
 *
 * @returns its exit code
 */
export async function runPortal(
  paths: Paths,
  secrets: SecretProvider,
  signal: AbortSignal,
): Promise<number> {
  if (isPortalRunning(paths)) {
    throw new SandboxError(
      `The demo's portal is running already: ${PORTAL.app}. Stop it with ./yarnw demo --down.`,
    );
  }
  const withSandbox = existsSync(paths.config) && existsSync(paths.caBundle);
  const [command, ...args] = portalArgv(paths, withSandbox, secrets);
  const child = spawn(command, args, {
    cwd: paths.repo,
    stdio: 'inherit',
    env: { ...process.env, ...portalEnvironment(paths, withSandbox) },
  });
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  return code ?? 0;
}
