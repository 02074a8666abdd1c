import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import Docker, { DockerOptions } from 'dockerode';
import { SshAgent } from './sshAgent';

/** Where Docker listens when nothing is said. */
const DEFAULT_HOST = 'unix:///var/run/docker.sock';

type EngineOptions = DockerOptions & { agent?: Agent };

/** The engine that the config names, else `DOCKER_HOST`, else the local one. */
export function dockerHost(
  configured: string | undefined,
  env: NodeJS.ProcessEnv,
): string {
  return configured ?? (env.DOCKER_HOST || DEFAULT_HOST);
}

/**
 * A client of the Docker engine at `unix://`, `tcp://` or `ssh://`. It does not
 * connect. TLS of `tcp://` is set up as Docker's own client does it, by
 * `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH`.
 *
 * @throws InputError when the address is of another kind
 */
export function connectEngine(host: string, env: NodeJS.ProcessEnv): Docker {
  return new Docker(engineOptions(host, env));
}

/** What `connectEngine` tells the library; each key, since it fills gaps from `DOCKER_HOST`. */
export function engineOptions(
  host: string,
  env: NodeJS.ProcessEnv,
): EngineOptions {
  const none = { host: undefined, port: undefined, socketPath: undefined };
  if (host.startsWith('unix://')) {
    return { ...none, protocol: 'http', socketPath: host.slice(7) };
  }
  const url = URL.canParse(host) ? new URL(host) : undefined;
  if (url?.protocol === 'ssh:' && url.hostname) {
    return {
      ...none,
      protocol: 'http',
      host: 'docker.localhost',
      port: 80,
      agent: new SshAgent(url, env),
    };
  }
  if (url?.protocol === 'tcp:' && url.hostname) {
    const address = { ...none, host: url.hostname, port: url.port || 2375 };
    return env.DOCKER_TLS_VERIFY && env.DOCKER_CERT_PATH
      ? { ...address, protocol: 'https', ...certificates(env.DOCKER_CERT_PATH) }
      : { ...address, protocol: 'http' };
  }
  throw new InputError(
    'Docker: image.build.dockerHost (or DOCKER_HOST) must begin with unix://, tcp:// or ssh://.',
  );
}

function certificates(folder: string) {
  const read = (name: string) => readFileSync(path.join(folder, name));
  return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') };
}
