import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import { dockerHost, engineOptions } from './dockerEngine';
import { SshAgent, sshArguments } from './sshAgent';

describe('dockerHost', () => {
  it.each([
    ['unix:///a', { DOCKER_HOST: 'tcp://b:1' }, 'unix:///a'],
    [undefined, { DOCKER_HOST: 'tcp://b:1' }, 'tcp://b:1'],
    [undefined, { DOCKER_HOST: '' }, 'unix:///var/run/docker.sock'],
    [undefined, {}, 'unix:///var/run/docker.sock'],
  ])('%s with %j is %s', (configured, env, expected) => {
    expect(dockerHost(configured, env)).toBe(expected);
  });
});

describe('engineOptions', () => {
  it('takes a socket, and nothing that DOCKER_HOST says besides', () => {
    expect(engineOptions('unix:///run/docker.sock', {})).toEqual({
      protocol: 'http',
      socketPath: '/run/docker.sock',
      host: undefined,
      port: undefined,
    });
  });

  it('takes a TCP address, with Docker’s usual port when there is none', () => {
    expect(engineOptions('tcp://docker:2399', {})).toMatchObject({
      protocol: 'http',
      host: 'docker',
      port: '2399',
    });
    expect(engineOptions('tcp://docker', {})).toMatchObject({ port: 2375 });
  });

  it('uses the certificates that Docker’s own client would use', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'docker-certs-'));
    try {
      for (const name of ['ca', 'cert', 'key']) {
        writeFileSync(path.join(folder, `${name}.pem`), name);
      }
      const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
      expect(engineOptions('tcp://docker:2376', env)).toMatchObject({
        protocol: 'https',
        ca: Buffer.from('ca'),
        cert: Buffer.from('cert'),
        key: Buffer.from('key'),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('goes through OpenSSH for ssh addresses', () => {
    expect(engineOptions('ssh://builder@docker', {}).agent).toBeInstanceOf(
      SshAgent,
    );
  });

  it.each(['npipe:////./pipe/docker', 'docker:2375', 'ftp://x', ''])(
    'refuses "%s"',
    host => expect(() => engineOptions(host, {})).toThrow(InputError),
  );
});

describe('sshArguments', () => {
  it('names user and port, and never asks', () => {
    expect(sshArguments(new URL('ssh://builder@docker:2222'))).toEqual([
      '-T',
      '-o',
      'BatchMode=yes',
      '-o',
      'ConnectTimeout=20',
      '-p',
      '2222',
      '-l',
      'builder',
      '--',
      'docker',
      'docker system dial-stdio',
    ]);
  });

  it('leaves both to the settings of OpenSSH', () => {
    const args = sshArguments(new URL('ssh://docker'));
    expect(args).not.toContain('-p');
    expect(args).not.toContain('-l');
  });
});
