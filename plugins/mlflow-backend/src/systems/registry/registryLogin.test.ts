import { ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { bcrypt } from 'hash-wasm';
import {
  createImageFixture,
  FIXTURE_VERSION,
  ImageFixture,
} from '../../__testUtils__/imageFixture';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { createPlatformFetch } from '../http';
import { connectEngine, dockerHost } from './dockerEngine';
import { ImageBuilder } from './ImageBuilder';
import { RegistryClient } from './RegistryClient';

jest.setTimeout(120_000);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  if (!address || typeof address === 'string') {
    throw new Error('The system gave no port.');
  }
  return address.port;
}

describe('a registry that wants a login', () => {
  const config = sandboxPlatformConfig();
  const http = createPlatformFetch(config.ca);
  const password = randomBytes(12).toString('hex');
  const line = { line: '9.9', mlflow: FIXTURE_VERSION };
  let folder: string;
  let port: number;
  let server: ChildProcess;
  let fixture: ImageFixture;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'registry-'));
    port = await freePort();
    const salt = randomBytes(16);
    const hash = await bcrypt({ password, salt, costFactor: 5 });
    await writeFile(path.join(folder, 'users'), `portal:${hash}\n`);
    await writeFile(
      path.join(folder, 'registry.yml'),
      `version: 0.1
storage: { filesystem: { rootdirectory: ${folder}/data } }
http: { addr: '127.0.0.1:${port}' }
auth: { htpasswd: { realm: test, path: ${folder}/users } }
`,
    );
    server = spawn(
      'docker-registry',
      ['serve', path.join(folder, 'registry.yml')],
      { stdio: 'ignore' },
    );
    for (let attempt = 0; attempt < 100; attempt++) {
      const answer = await http
        .fetch(`http://127.0.0.1:${port}/v2/`)
        .catch(() => undefined);
      if (answer) {
        break;
      }
      await sleep(100);
    }
    fixture = await createImageFixture();
  });

  afterAll(async () => {
    server.kill();
    await fixture.remove();
    await rm(folder, { recursive: true });
    await http.close();
  });

  const clients = (login: { username?: string; password?: string }) => {
    const image = {
      ...config.image,
      push: `localhost:${port}/mlflow`,
      pull: `localhost:${port}/mlflow`,
      registry: `http://127.0.0.1:${port}`,
      ...login,
    };
    const registry = RegistryClient.fromConfig(
      { ...config, image },
      http.fetch,
    );
    const logger = mockServices.logger.mock();
    return {
      registry,
      images: new ImageBuilder(image, registry, logger, fixture.folder),
    };
  };

  it('is read and pushed to with the configured user', async () => {
    const { registry, images } = clients({ username: 'portal', password });
    const lines: string[] = [];
    const digest = await images.ensure(line, {
      signal: new AbortController().signal,
      log: message => lines.push(message),
    });
    const tag = (await images.tagOf(line)) ?? '';
    expect(await registry.digestOf(tag)).toBe(digest);
    expect(lines.join('\n')).not.toContain(password);

    const host = dockerHost(config.image.build.dockerHost, process.env);
    await connectEngine(host, process.env)
      .getImage(`localhost:${port}/mlflow:${tag}`)
      .remove();
  });

  it.each([
    ['without a user', {}],
    ['with a wrong password', { username: 'portal', password: 'wrong-one' }],
  ])('refuses %s, and says which settings to look at', async (_, login) => {
    const failed = clients(login).registry.digestOf('x');
    await expect(failed).rejects.toThrow(NotAllowedError);
    await expect(failed).rejects.toThrow(
      /refuses to show mlflow \(401\); check image\.username and image\.password/,
    );
    await expect(failed).rejects.not.toThrow(/wrong-one/);
  });
});
