import { mockServices } from '@backstage/backend-test-utils';
import { InputError, NotFoundError } from '@backstage/errors';
import { DEFAULT_LINE, instanceNames } from 'backstage-plugin-mlflow-common';
import { PlatformConfig } from '../platform/config';
import { createPlatform } from '../platform/Platform';
import { Release } from '../releases/Release';
import { releaseOf } from '../releases/releases';
import { connectEngine, dockerHost } from '../systems/registry/dockerEngine';
import { ImageBuilder } from '../systems/registry/ImageBuilder';
import {
  createImageFixture,
  FIXTURE_VERSION,
  ImageFixture,
} from '../__testUtils__/imageFixture';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { ImageObserved, imageStep, resolveImage } from './image';
import { planStep, runStep } from './runStep';
import { Instance, StepContext } from './Step';

jest.setTimeout(120_000);

const REPOSITORY = 'registry.example.com/mlflow';
const DIGEST = `sha256:${'a1'.repeat(32)}`;

const instance = (release: Release): Instance => ({
  id: 'i',
  mark: 'p/i',
  spec: {
    name: 'x',
    platform: 'sandbox',
    owner: 'group:default/team-a',
    description: '',
    host: 'mlflow-x.localhost',
    line: release.line,
    size: 'S',
    replicas: 1,
    defaultPermission: 'NO_PERMISSIONS',
    metrics: false,
  },
  names: instanceNames('x'),
  release,
});

describe('plan', () => {
  const seen: ImageObserved = {
    repository: REPOSITORY,
    tag: '3.17.2-0123456789ab',
    built: false,
    prebuilt: false,
  };

  it.each<[string, Partial<ImageObserved>, string, RegExp]>([
    ['is in the registry', { digest: DIGEST }, 'keep', /^$/],
    ['is in both', { digest: DIGEST, built: true }, 'keep', /^$/],
    ['is on the engine only', { built: true }, 'create', /^push: /],
    ['is nowhere', {}, 'create', /^build$/],
    ['has no base yet', { tag: undefined }, 'create', /known after apply$/],
    ['is prebuilt', { prebuilt: true }, 'keep', /^prebuilt$/],
  ])('an image that %s', (_, observed, action, detail) => {
    const [change, ...more] = imageStep.plan(
      instance(releaseOf(DEFAULT_LINE)),
      { ...seen, ...observed },
    );
    expect(more).toEqual([]);
    expect(change.action).toBe(action);
    expect(change.object).toMatch(
      /^image registry\.example\.com\/mlflow:3\.17/,
    );
    expect(change.detail ?? '').toMatch(detail);
  });
});

describe('on the real engine and registry', () => {
  const base = sandboxPlatformConfig();
  const push = `${base.image.push}-step-${process.pid}`;
  const closing: (() => Promise<void>)[] = [];
  let fixture: ImageFixture;

  beforeAll(async () => {
    fixture = await createImageFixture();
  });

  afterAll(async () => {
    const host = dockerHost(base.image.build.dockerHost, process.env);
    const docker = connectEngine(host, process.env);
    for (const { Id, RepoTags } of await docker.listImages()) {
      if (RepoTags?.some(tag => tag.startsWith(`${push}:`))) {
        await docker.getImage(Id).remove({ force: true });
      }
    }
    await Promise.all(closing.map(close => close()));
    await fixture.remove();
  });

  const context = (image: Partial<PlatformConfig['image']> = {}) => {
    const config = {
      ...base,
      image: { ...base.image, push, pull: push, ...image },
    };
    const logger = mockServices.logger.mock();
    const platform = createPlatform(config, { logger });
    closing.push(() => platform.close());
    const lines: string[] = [];
    const ctx: StepContext = {
      // The fixture's line stands beside those that a form can name.
      instance: instance({
        ...releaseOf(DEFAULT_LINE),
        mlflow: FIXTURE_VERSION,
      }),
      platform: {
        ...platform,
        imageBuilder: new ImageBuilder(
          config.image,
          platform.registry,
          logger,
          fixture.folder,
        ),
      },
      signal: new AbortController().signal,
      log: message => lines.push(message),
    };
    return { ctx, lines };
  };

  it('builds the first time, changes nothing the second, and is found by its digest', async () => {
    await fixture.write(`requirements-${DEFAULT_LINE}.txt`, '# of this test\n');
    const { ctx } = context();
    await expect(resolveImage(ctx)).rejects.toThrow(NotFoundError);

    const [first] = await runStep(imageStep, ctx);
    expect(first).toMatchObject({ action: 'create', detail: 'build' });
    const reference = await resolveImage(ctx);
    expect(reference.repository).toBe(push);
    expect(reference.tag).toMatch(/^9\.9\.9-[0-9a-f]{12}@sha256:[0-9a-f]{64}$/);

    const [second] = await runStep(imageStep, ctx);
    expect(second.action).toBe('keep');
    expect(await resolveImage(ctx)).toEqual(reference);

    const [, digest] = reference.tag.split('@');
    const url = `${base.image.registry}/v2/${push.slice(
      push.indexOf('/') + 1,
    )}`;
    await ctx.platform.fetch(`${url}/manifests/${digest}`, {
      method: 'DELETE',
    });
    const [third] = (await planStep(imageStep, ctx)).changes;
    expect(third).toMatchObject({
      action: 'create',
      detail: 'push: the registry has lost it',
    });
    await runStep(imageStep, ctx);
    expect(await resolveImage(ctx)).toEqual(reference);
  });

  it('keeps the image when an instance goes', async () => {
    const { ctx } = context();
    expect(await imageStep.remove(ctx, { data: 'delete' })).toEqual([
      {
        system: 'Registry',
        object: `image ${push}`,
        result: 'kept',
        detail: 'all instances of a line share it',
      },
    ]);
  });

  describe('with prebuilt images', () => {
    const nowhere = {
      mode: 'prebuilt',
      push: undefined,
      pull: undefined,
      registry: undefined,
      build: { dockerHost: 'unix:///nowhere/docker.sock' },
    } as const;

    it('needs neither engine nor registry', async () => {
      const { ctx, lines } = context({
        ...nowhere,
        prebuilt: { [DEFAULT_LINE]: `${REPOSITORY}:3.17.2@${DIGEST}` },
      });
      expect(await runStep(imageStep, ctx)).toEqual([
        {
          system: 'Registry',
          object: `image ${REPOSITORY}:3.17.2@${DIGEST}`,
          action: 'keep',
          detail: 'prebuilt',
        },
      ]);
      expect(lines).toHaveLength(1);
      expect(await resolveImage(ctx)).toEqual({
        repository: REPOSITORY,
        tag: `3.17.2@${DIGEST}`,
      });
    });

    it('says when the line has none, or one without a digest', async () => {
      const none = context({ ...nowhere, prebuilt: {} });
      await expect(resolveImage(none.ctx)).rejects.toThrow(
        /prebuilt has no image for line 3\.17; add one/,
      );
      const loose = context({
        ...nowhere,
        prebuilt: { [DEFAULT_LINE]: `${REPOSITORY}:3.17.2` },
      });
      await expect(resolveImage(loose.ctx)).rejects.toThrow(InputError);
    });
  });
});
