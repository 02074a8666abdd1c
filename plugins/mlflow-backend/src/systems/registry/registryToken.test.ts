import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createSign, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NotAllowedError } from '@backstage/errors';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { createPlatformFetch } from '../http';
import { RegistryClient } from './RegistryClient';
import { parseChallenge } from './registryToken';

jest.setTimeout(60_000);

describe('parseChallenge', () => {
  it('reads where to get a token', () => {
    expect(
      parseChallenge(
        'Bearer realm="https://auth.example.com/token",service="registry.example.com",scope="repository:a/b:pull"',
      ),
    ).toEqual({
      realm: new URL('https://auth.example.com/token'),
      service: 'registry.example.com',
      scope: 'repository:a/b:pull',
    });
  });

  it.each([null, 'Basic realm="x"', 'Bearer realm="not a url"', 'Bearer'])(
    'leaves %s alone',
    header => expect(parseChallenge(header)).toBeUndefined(),
  );
});

describe('a registry that hands out tokens', () => {
  const config = sandboxPlatformConfig();
  const http = createPlatformFetch(config.ca);
  let folder: string;
  let tokens: Server;
  let registry: ChildProcess;
  let url: string;

  const portOf = async (server: Server) => {
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (!address || typeof address === 'string') {
      throw new Error('The system gave no port.');
    }
    return address.port;
  };

  const signed = () => {
    const encode = (value: object) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const certificate = readFileSync(path.join(folder, 'crt'), 'utf8');
    const x5c = [certificate.replace(/-----[A-Z ]+-----|\s/g, '')];
    const now = Math.floor(Date.now() / 1000);
    const body = `${encode({ typ: 'JWT', alg: 'RS256', x5c })}.${encode({
      iss: 'test',
      sub: 'portal',
      aud: 'registry',
      jti: randomUUID(),
      iat: now,
      nbf: now - 10,
      exp: now + 60,
      access: [{ type: 'repository', name: 'mlflow', actions: ['pull'] }],
    })}`;
    const key = readFileSync(path.join(folder, 'key'));
    return `${body}.${createSign('RSA-SHA256')
      .update(body)
      .sign(key, 'base64url')}`;
  };

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tokens-'));
    const file = (name: string) => path.join(folder, name);
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'],
        ...['-subj', '/CN=test', '-keyout', file('key'), '-out', file('crt')],
      ],
      { stdio: 'ignore' },
    );
    tokens = createServer((request, response) => {
      const user = Buffer.from('portal:right').toString('base64');
      const ok = request.headers.authorization === `Basic ${user}`;
      response.statusCode = ok ? 200 : 401;
      response.end(ok ? JSON.stringify({ token: signed() }) : '');
    });
    const tokenPort = await portOf(tokens);
    const reserved = createServer();
    const port = await portOf(reserved);
    await new Promise(resolve => {
      reserved.close(resolve);
    });
    url = `http://127.0.0.1:${port}`;
    await writeFile(
      file('registry.yml'),
      `version: 0.1
storage: { filesystem: { rootdirectory: ${folder}/data } }
http: { addr: '127.0.0.1:${port}' }
auth:
  token:
    realm: http://127.0.0.1:${tokenPort}/token
    service: registry
    issuer: test
    rootcertbundle: ${file('crt')}
`,
    );
    registry = spawn('docker-registry', ['serve', file('registry.yml')], {
      stdio: 'ignore',
    });
    for (let attempt = 0; attempt < 100; attempt++) {
      if (await http.fetch(`${url}/v2/`).catch(() => undefined)) {
        break;
      }
      await sleep(100);
    }
  });

  afterAll(async () => {
    registry.kill();
    tokens.close();
    await rm(folder, { recursive: true });
    await http.close();
  });

  const client = (username: string, password: string) => {
    const push = 'registry.example.com/mlflow';
    const image = { ...config.image, push, registry: url, username, password };
    return RegistryClient.fromConfig({ ...config, image }, http.fetch);
  };

  it('is read with a token of the configured user', async () => {
    const reader = client('portal', 'right');
    expect(await reader.digestOf('no-such-tag')).toBeUndefined();
  });

  it('refuses another user', async () => {
    const failed = client('portal', 'wrong').digestOf('x');
    await expect(failed).rejects.toThrow(NotAllowedError);
    await expect(failed).rejects.toThrow(/check image\.username/);
  });
});
