import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { PlatformConfig } from '../../platform/config';
import { eventually } from '../../__testUtils__/eventually';
import {
  createImageFixture,
  FIXTURE_VERSION,
  fixtureDockerfile,
  ImageFixture,
} from '../../__testUtils__/imageFixture';
import { sandboxPlatformConfig } from '../../__testUtils__/sandbox';
import { createPlatformFetch } from '../http';
import { checkLabels, listChecks } from './checkLeftovers';
import { connectEngine, dockerHost } from './dockerEngine';
import { ImageBuilder } from './ImageBuilder';
import { RegistryClient } from './RegistryClient';

jest.setTimeout(120_000);

describe('ImageBuilder on a real Docker engine and registry', () => {
  const config = sandboxPlatformConfig();
  const push = `${config.image.push}-test-${process.pid}`;
  const image = { ...config.image, push, pull: push };
  const host = dockerHost(image.build.dockerHost, process.env);
  const docker = connectEngine(host, process.env);
  const http = createPlatformFetch(config.ca);
  const registry = RegistryClient.fromConfig({ ...config, image }, http.fetch);
  let fixture: ImageFixture;
  let lines: string[];

  const builder = (options: Partial<PlatformConfig['image']> = {}) =>
    new ImageBuilder(
      { ...image, ...options },
      registry,
      mockServices.logger.mock(),
      fixture.folder,
    );
  const line = () => ({ line: fixture.line, mlflow: FIXTURE_VERSION });
  const ctx = (signal = new AbortController().signal) => ({
    signal,
    log: (message: string) => lines.push(message),
  });
  const tagOf = async (of: ImageBuilder) => {
    const tag = (await of.tagOf(line())) ?? '';
    expect(tag).toMatch(/^9\.9\.9-[0-9a-f]{12}$/);
    return tag;
  };
  const checksOf = (tag: string) =>
    listChecks(docker, `${push}:${tag}-unchecked`);
  const removeFromRegistry = async (digest: string) => {
    const name = push.slice(push.indexOf('/') + 1);
    const url = `${image.registry}/v2/${name}/manifests/${digest}`;
    expect((await http.fetch(url, { method: 'DELETE' })).status).toBe(202);
  };

  beforeEach(async () => {
    lines = [];
    fixture = await createImageFixture();
  });

  afterEach(async () => {
    await fixture.remove();
  });

  afterAll(async () => {
    for (const { Id, RepoTags } of await docker.listImages()) {
      if (RepoTags?.some(tag => tag.startsWith(`${push}:`))) {
        await docker.getImage(Id).remove({ force: true });
      }
    }
    await http.close();
  });

  it('builds, checks and pushes once, and pushes again what the registry lost', async () => {
    const images = builder();
    const tag = await tagOf(images);
    expect(await images.has(tag)).toBe(false);

    const digest = await images.ensure(line(), ctx());
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(await registry.digestOf(tag)).toBe(digest);
    expect(await registry.exists(digest)).toBe(true);
    expect(await images.has(tag)).toBe(true);
    expect(await images.has(`${tag}-unchecked`)).toBe(false);
    expect(lines).toContain(`mlflow, version ${FIXTURE_VERSION}`);
    expect(lines).toContain('fixture: checked');
    const { Config } = await docker.getImage(`${push}:${tag}`).inspect();
    expect(Config.Labels['mlflow.org/content']).toBe(tag.slice(6));

    lines = [];
    expect(await images.ensure(line(), ctx())).toBe(digest);
    expect(lines).toEqual([]);

    await removeFromRegistry(digest);
    expect(await registry.digestOf(tag)).toBeUndefined();
    expect(await registry.exists(digest)).toBe(false);
    expect(await images.ensure(line(), ctx())).toBe(digest);
    expect(lines[0]).toBe(`Docker: pushing ${push}:${tag}`);
    await removeFromRegistry(digest);
  });

  it('builds once for two who ask at the same time', async () => {
    const images = builder();
    const [one, other] = await Promise.all([
      images.ensure(line(), ctx()),
      images.ensure(line(), ctx()),
    ]);
    expect(other).toBe(one);
    expect(lines.filter(text => /^Docker: building /.test(text))).toHaveLength(
      1,
    );
    expect(lines.filter(text => /waiting for it$/.test(text))).toHaveLength(1);
    await removeFromRegistry(one);
  });

  it('serves two backends that build it at the same time', async () => {
    const digests = await Promise.all(
      [builder(), builder()].map(images => images.ensure(line(), ctx())),
    );
    const tag = await tagOf(builder());
    expect(digests).toContain(await registry.digestOf(tag));
    expect(await checksOf(tag)).toEqual([]);
    for (const digest of new Set(digests)) {
      await removeFromRegistry(digest);
    }
  });

  it('does not count an image of another version', async () => {
    const images = builder();
    const wrong = { line: fixture.line, mlflow: '9.9.8' };
    const tag = (await images.tagOf(wrong)) ?? '';
    await expect(images.ensure(wrong, ctx())).rejects.toThrow(
      /check .* failed.*`mlflow --version` does not say 9\.9\.8/,
    );
    expect(await images.has(tag)).toBe(false);
    expect(await registry.digestOf(tag)).toBeUndefined();
  });

  it('does not count an image whose own check fails', async () => {
    await fixture.write('launcher/bin/mlflow-image-check', '#!/bin/sh\nexit 3');
    const images = builder();
    const tag = await tagOf(images);
    await expect(images.ensure(line(), ctx())).rejects.toThrow(
      /`mlflow-image-check` ended with 3/,
    );
    expect(await images.has(tag)).toBe(false);
  });

  it('does not count an image that runs as root', async () => {
    const dockerfile = fixtureDockerfile().replace(/USER .*/, 'USER 0');
    await fixture.write('Dockerfile', dockerfile);
    await expect(builder().ensure(line(), ctx())).rejects.toThrow(
      /runs as "0" and not as 1001:1001/,
    );
  });

  it('says in the words of the engine why a build failed', async () => {
    await fixture.write('Dockerfile', fixtureDockerfile('exit 7'));
    await expect(builder().ensure(line(), ctx())).rejects.toThrow(
      /the build of \S+ failed.*returned a non-zero code: 7/,
    );
  });

  it('stops at once when the task is cancelled', async () => {
    await fixture.write('Dockerfile', fixtureDockerfile('sleep 60'));
    const abort = new AbortController();
    const started = Date.now();
    const running = builder().ensure(line(), {
      signal: abort.signal,
      log: message => {
        lines.push(message);
        if (/sleep 60/.test(message)) {
          abort.abort(new Error('cancelled by a person'));
        }
      },
    });
    await expect(running).rejects.toThrow('cancelled by a person');
    expect(Date.now() - started).toBeLessThan(30_000);
    const left = await docker.listContainers();
    expect(left.filter(c => /sleep 60/.test(c.Command))).toEqual([]);
  });

  it('ends a check with its task, and removes its container', async () => {
    await fixture.write('launcher/bin/mlflow', '#!/bin/sh\nexec sleep 60\n');
    const tag = await tagOf(builder());
    const abort = new AbortController();
    const running = builder().ensure(line(), ctx(abort.signal));
    const isRunning = async () => (await checksOf(tag))[0]?.State === 'running';
    const cancelled = eventually('a check runs', isRunning, {
      seconds: 60,
    }).finally(() => abort.abort(new Error('cancelled by a person')));

    await expect(running).rejects.toThrow('cancelled by a person');
    await cancelled;
    expect(await checksOf(tag)).toEqual([]);
  });

  it('removes what a backend that died in between has left', async () => {
    const images = builder();
    const tag = await tagOf(images);
    const candidate = `${tag}-unchecked`;
    const name = (of: string) => docker.getImage(`${push}:${of}`);
    await docker.getImage(image.baseImage).tag({ repo: push, tag: candidate });
    await docker.createContainer({
      Image: `${push}:${candidate}`,
      Cmd: ['true'],
      Labels: checkLabels(`${push}:${candidate}`),
    });

    const digest = await images.ensure(line(), ctx());

    expect(await checksOf(tag)).toEqual([]);
    expect(await images.has(candidate)).toBe(false);

    await removeFromRegistry(digest);
    await name(tag).tag({ repo: push, tag: candidate });
    expect(await images.ensure(line(), ctx())).toBe(digest);
    expect(await images.has(candidate)).toBe(false);
    await removeFromRegistry(digest);
  });

  it('gives a CA to the build, and does not let it change the tag', async () => {
    const dockerfile = fixtureDockerfile('true').replace(
      'COPY requirements',
      'COPY ca.crt /tmp/ca.crt\nRUN grep -q certificate-of-the-test /tmp/ca.crt\nCOPY requirements',
    );
    await fixture.write('Dockerfile', dockerfile);
    const build = { ...image.build, ca: 'certificate-of-the-test' };
    const images = builder({ build });
    expect(await tagOf(images)).toBe(await tagOf(builder()));
    await removeFromRegistry(await images.ensure(line(), ctx()));
  });

  it('needs no engine to name the image of a pinned base', async () => {
    const images = builder({
      baseImage: `python@sha256:${'0'.repeat(64)}`,
      build: { dockerHost: 'unix:///nowhere/docker.sock' },
    });
    expect(await images.tagOf(line())).toMatch(/^9\.9\.9-/);
  });

  it('says that the engine does not answer, and shows no user', async () => {
    for (const address of [
      'unix:///nowhere/docker.sock',
      'tcp://someone@127.0.0.1:1',
    ]) {
      const images = builder({ build: { dockerHost: address } });
      const failed = images.ensure(line(), ctx());
      await expect(failed).rejects.toThrow(/does not answer; start it/);
      await expect(failed).rejects.not.toThrow(/someone/);
    }
  });

  it('passes on what ssh complains about', async () => {
    const images = builder({ build: { dockerHost: 'ssh://no-host.invalid' } });
    await expect(images.tagOf(line())).rejects.toThrow(
      /ssh:\/\/no-host\.invalid does not answer.*ssh: .*no-host\.invalid/s,
    );
  });

  it('speaks HTTP through the command that ssh runs', async () => {
    // No SSH server is at hand: this `ssh` runs the command on this machine.
    const bin = await mkdtemp(path.join(tmpdir(), 'ssh-'));
    const ssh = path.join(bin, 'ssh');
    await writeFile(
      ssh,
      `#!/bin/sh\nfor last; do :; done\nDOCKER_HOST='${host}' exec $last\n`,
    );
    await chmod(ssh, 0o755);
    const before = process.env.PATH;
    process.env.PATH = `${bin}:${before}`;
    try {
      const images = builder({ build: { dockerHost: 'ssh://builder@remote' } });
      expect(await images.tagOf(line())).toBe(await tagOf(builder()));
      const build = { ...image.build, dockerHost: 'ssh://builder@remote' };
      await removeFromRegistry(await builder({ build }).ensure(line(), ctx()));
    } finally {
      process.env.PATH = before;
      await rm(bin, { recursive: true });
    }
  });
});
