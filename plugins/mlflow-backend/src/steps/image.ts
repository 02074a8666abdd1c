import { InputError, NotFoundError } from '@backstage/errors';
import {
  ImageReference,
  parsePinnedImage,
} from '../systems/registry/imageName';
import { Instance, Step, StepContext } from './Step';
import { settled } from '../systems/settled';

/** What exists of the image of the instance's line. */
export interface ImageObserved {
  /** Repository as the nodes pull it. */
  repository: string;
  /** Absent while the engine lacks the base image, on which it depends. */
  tag?: string;
  /** Digest in the registry; absent when the registry lacks the image. */
  digest?: string;
  /** Whether the Docker engine has the image, checked. */
  built: boolean;
  /** Named by the config and not built here. */
  prebuilt: boolean;
}

/**
 * The server's image. It is the same for all instances of a line and a platform,
 * so it bears no mark and stays when an instance goes.
 */
export const imageStep: Step<ImageObserved> = {
  name: 'image',

  async observe(ctx) {
    const { instance, platform, signal } = ctx;
    const { image } = platform.config;
    if (image.mode === 'prebuilt') {
      const { repository, tag } = prebuiltImage(ctx);
      return { repository, tag, built: false, prebuilt: true };
    }
    const repository = pullName(ctx);
    const tag = await platform.imageBuilder.tagOf(instance.release, signal);
    if (!tag) {
      return { repository, built: false, prebuilt: false };
    }
    const [digest, built] = await settled([
      platform.registry.digestOf(tag, signal),
      platform.imageBuilder.has(tag, signal),
    ]);
    return { repository, tag, digest, built, prebuilt: false };
  },

  plan(instance, { repository, tag, digest, built, prebuilt }) {
    const change = {
      system: 'Registry',
      object: `image ${repository}:${tag ?? instance.release.mlflow}`,
    } as const;
    if (prebuilt) {
      return [{ ...change, action: 'keep', detail: 'prebuilt' }];
    }
    if (digest) {
      return [{ ...change, action: 'keep' }];
    }
    if (built) {
      const detail = 'push: the registry has lost it';
      return [{ ...change, action: 'create', detail }];
    }
    const detail = tag ? 'build' : 'build; tag known after apply';
    return [{ ...change, action: 'create', detail }];
  },

  async apply(ctx, { observed }) {
    const { instance, platform, log } = ctx;
    if (observed.prebuilt || observed.digest) {
      return;
    }
    const digest = await platform.imageBuilder.ensure(instance.release, ctx);
    log(`Registry: ${observed.repository} has ${digest}`);
  },

  async remove({ instance, platform }) {
    const { pull, push } = platform.config.image;
    return [
      {
        system: 'Registry',
        object: `image ${pull ?? push ?? instance.release.mlflow}`,
        result: 'kept',
        detail: 'all instances of a line share it',
      },
    ];
  },
};

/**
 * The image of the instance's line, pinned by its digest, as the chart's
 * `image.repository` and `image.tag`. Looks up, and never builds.
 *
 * @returns undefined when the registry does not have it
 */
export async function findImage(
  ctx: StepContext,
): Promise<ImageReference | undefined> {
  const { instance, platform, signal } = ctx;
  if (platform.config.image.mode === 'prebuilt') {
    return prebuiltImage(ctx);
  }
  const repository = pullName(ctx);
  const tag = await platform.imageBuilder.tagOf(instance.release, signal);
  const digest = tag && (await platform.registry.digestOf(tag, signal));
  return digest ? { repository, tag: `${tag}@${digest}` } : undefined;
}

/**
 * The same where the image is needed now.
 *
 * @throws NotFoundError when the registry does not have it
 */
export async function resolveImage(ctx: StepContext): Promise<ImageReference> {
  const image = await findImage(ctx);
  if (!image) {
    throw new NotFoundError(
      `Registry: ${pullName(ctx)} has no image of line ${
        ctx.instance.release.line
      }; run the image step first.`,
    );
  }
  return image;
}

function pullName({ platform }: StepContext): string {
  const { pull, push } = platform.config.image;
  const name = pull ?? push;
  if (!name) {
    throw new InputError(
      `mlflow.platforms.${platform.name}.image: set push and pull, or mode to prebuilt.`,
    );
  }
  return name;
}

function prebuiltImage({
  instance,
  platform,
}: {
  instance: Pick<Instance, 'release'>;
  platform: StepContext['platform'];
}): ImageReference {
  const { line } = instance.release;
  const reference = platform.config.image.prebuilt[line];
  if (!reference) {
    throw new NotFoundError(
      `mlflow.platforms.${platform.name}.image.prebuilt has no image for line ${line}; add one.`,
    );
  }
  return parsePinnedImage(reference);
}
