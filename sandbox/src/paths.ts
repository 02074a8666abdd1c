import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the sandbox keeps its things; all absolute. */
export interface Paths {
  /** Checkout whose code runs. */
  repo: string;
  /** `sandbox/` of that checkout. */
  source: string;
  /** Secrets, data, logs, generated config; removed by `reset`. */
  state: string;
  /** Pid files, sockets, rendered config of the processes. */
  run: string;
  log: string;
  /** Kubernetes PKI and kubeconfigs. */
  pki: string;
  /** CA of ingress, Keycloak and PostgreSQL, and the certificates from it. */
  tls: string;
  data: string;
  /** PostgreSQL refuses to run as root, and its user can't enter root's home. */
  postgres: string;
  /** Built and downloaded things, kept by `reset`. */
  cache: string;
  /** One a machine: who owns the sandbox, and the lock. */
  machine: string;
  dockerSocket: string;
  containerdSocket: string;
  config: string;
  /** To be merged after `config` for a portal that keeps secrets in Vault. */
  vaultConfig: string;
  caBundle: string;
  caCert: string;
  users: string;
  kubeconfig: string;
  charts: string;
}

const NAME = 'backstage-mlflow-sandbox';

/**
 * The checkout: `SANDBOX_REPO`, or the nearest folder upwards with `yarnw`.
 *
 * @throws Error when there is none.
 */
export function findRepo(env: NodeJS.ProcessEnv, cwd: string): string {
  if (env.SANDBOX_REPO) return env.SANDBOX_REPO;
  for (let dir = cwd; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'yarnw'))) return dir;
    if (dir === dirname(dir)) {
      throw new Error(
        `No yarnw in ${cwd} or above it: run ./yarnw sandbox from the checkout, or set SANDBOX_REPO`,
      );
    }
  }
}

/** All paths, from the environment alone. */
export function resolvePaths(env: NodeJS.ProcessEnv, repo: string): Paths {
  const home = env.HOME ?? '/root';
  const state = join(env.XDG_STATE_HOME ?? join(home, '.local', 'state'), NAME);
  const cache = join(env.XDG_CACHE_HOME ?? join(home, '.cache'), NAME);
  const run = join(state, 'run');
  return {
    repo,
    source: join(repo, 'sandbox'),
    state,
    run,
    log: join(state, 'log'),
    pki: join(state, 'pki'),
    tls: join(state, 'tls'),
    data: join(state, 'data'),
    postgres: join('/var/lib', NAME, 'postgres'),
    cache,
    machine: join('/run', NAME),
    dockerSocket: join(state, 'docker.sock'),
    containerdSocket: join(run, 'containerd.sock'),
    config: join(state, 'app-config.sandbox.yaml'),
    vaultConfig: join(state, 'app-config.vault.yaml'),
    caBundle: join(state, 'ca-bundle.crt'),
    caCert: join(state, 'ca.crt'),
    users: join(state, 'users.json'),
    kubeconfig: join(state, 'pki', 'admin.conf'),
    charts: join(state, 'charts'),
  };
}
