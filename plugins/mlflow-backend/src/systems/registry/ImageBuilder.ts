import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ForwardedError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import Docker, { ImageInspectInfo } from 'dockerode';
import { PlatformConfig } from '../../platform/config';
import { abortable } from '../abortable';
import { buildContext } from './buildContext';
import { connectEngine, dockerHost } from './dockerEngine';
import {
  engineUnreachable,
  isConnectionError,
  isNotFound,
} from './engineErrors';
import { followEngine } from './engineStream';
import { candidateOf, dropCandidate } from './imageCandidate';
import { CONTENT_LABEL, contentHash, imageTag } from './imageContent';
import { isPinned, parseRepository } from './imageName';
import { runImageChecks } from './imageChecks';
import { imageFolder, readImageSource } from './imageSource';
import { RegistryClient } from './RegistryClient';
import { withHeartbeat } from './withHeartbeat';

/** The version line of which an image is made. */
export interface ImageLine {
  line: string;
  mlflow: string;
}

/** By what a build reports and is stopped. */
export interface BuildContext {
  signal: AbortSignal;
  log(message: string): void;
}

/** Builds, checks and pushes the images of one platform. */
export class ImageBuilder {
  private docker: Docker | undefined;
  private readonly running = new Map<string, Promise<string>>();

  constructor(
    private readonly image: PlatformConfig['image'],
    private readonly registry: RegistryClient,
    private readonly logger: LoggerService,
    private readonly folder: string,
  ) {}

  /** Does not connect. */
  static fromConfig(
    { image }: PlatformConfig,
    registry: RegistryClient,
    logger: LoggerService,
  ): ImageBuilder {
    return new ImageBuilder(image, registry, logger, imageFolder());
  }

  /**
   * Tag of the image as it would be built now; undefined while the engine does
   * not have the base image, on whose content it depends.
   *
   * @throws ServiceUnavailableError when the Docker engine cannot be reached
   */
  async tagOf(
    line: ImageLine,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const base = await this.baseContent(signal);
    return base && imageTag(line.mlflow, await this.hashOf(line, base));
  }

  /** Whether the engine has the image, checked and ready to be pushed. */
  async has(tag: string, signal?: AbortSignal): Promise<boolean> {
    return !!(await this.inspect(`${this.pushName()}:${tag}`, signal));
  }

  /**
   * Makes sure that the registry has the image. One build at a time for each
   * tag: whoever comes second waits and then finds it.
   *
   * @returns digest of the image in the registry
   * @throws ServiceUnavailableError when engine or registry cannot be reached
   * @throws ForwardedError when build, checks or push fail
   */
  async ensure(line: ImageLine, ctx: BuildContext): Promise<string> {
    await this.ensureBase(ctx);
    const tag = await this.tagOf(line, ctx.signal);
    if (!tag) {
      throw new ServiceUnavailableError(
        `Docker: the base image ${this.image.baseImage} vanished; run this again.`,
      );
    }
    for (;;) {
      const other = this.running.get(tag);
      if (!other) {
        break;
      }
      ctx.log(`Docker: ${tag} is being built by another task; waiting for it`);
      // How it ends for the other task does not matter here.
      await abortable(
        withHeartbeat(
          ctx.log,
          'still waiting',
          other.catch(() => ''),
        ),
        ctx.signal,
      );
    }
    const own = this.ensureTag(line, tag, ctx).finally(() =>
      this.running.delete(tag),
    );
    this.running.set(tag, own);
    return own;
  }

  private async ensureTag(
    line: ImageLine,
    tag: string,
    ctx: BuildContext,
  ): Promise<string> {
    const found = await this.registry.digestOf(tag, ctx.signal);
    if (found) {
      return found;
    }
    if (!(await this.has(tag, ctx.signal))) {
      await this.build(line, tag, ctx);
    }
    await this.push(tag, ctx);
    const digest = await this.registry.digestOf(tag, ctx.signal);
    if (!digest) {
      throw new ServiceUnavailableError(
        `Registry: ${this.pushName()}:${tag} was pushed and is not found; image.push and image.registry must name the same registry.`,
      );
    }
    return digest;
  }

  private async build(line: ImageLine, tag: string, ctx: BuildContext) {
    const { signal, log } = ctx;
    const started = Date.now();
    const name = `${this.pushName()}:${tag}`;
    const candidate = candidateOf(name);
    const { build, baseImage } = this.image;
    const hash = tag.slice(line.mlflow.length + 1);
    const files = await readImageSource(this.folder, line.line);
    log(`Docker: building ${name} on ${baseImage}`);
    // By its id, since another backend may give the name to an image of its own.
    const built = await this.step('the build', name, async docker => {
      const stream = await docker.buildImage(buildContext(files, build.ca), {
        t: candidate,
        buildargs: {
          BASE_IMAGE: baseImage,
          LINE: line.line,
          AUDIT_DAY: new Date().toISOString().slice(0, 10),
        },
        labels: { [CONTENT_LABEL]: hash },
        networkmode: build.networkMode,
        rm: true,
        forcerm: true,
        abortSignal: signal,
      });
      return withHeartbeat(log, 'still building', followed =>
        followEngine(stream, followed, signal),
      );
    });
    const checked = `the check (the image is kept as ${candidate})`;
    await this.step(checked, name, async docker => {
      log('Docker: checking the image');
      const image = { id: built ?? candidate, candidate, mlflow: line.mlflow };
      await withHeartbeat(log, 'still checking', followed =>
        runImageChecks(docker, image, followed, signal),
      );
      const tagged = docker
        .getImage(image.id)
        .tag({ repo: this.pushName(), tag });
      await abortable(tagged, signal);
    });
    const { Size } = await this.engine().getImage(name).inspect();
    const seconds = Math.round((Date.now() - started) / 1000);
    const megabytes = Math.round(Size / 1e6);
    log(`Docker: built ${name}, ${megabytes} MB, in ${seconds} s`);
    this.logger.info(`Built ${name}, ${megabytes} MB, in ${seconds} s`);
  }

  private async push(tag: string, { signal, log }: BuildContext) {
    const name = `${this.pushName()}:${tag}`;
    log(`Docker: pushing ${name}`);
    await this.step('the push', name, async docker => {
      await dropCandidate(docker, name, signal);
      const stream = await docker.getImage(name).push({
        authconfig: this.authconfig(),
        abortSignal: signal,
      });
      await withHeartbeat(log, 'still pushing', followed =>
        followEngine(stream, followed, signal),
      );
    });
  }

  /** Fetches the base image when the engine lacks it. */
  private async ensureBase({ signal, log }: BuildContext) {
    const { baseImage } = this.image;
    if (await this.inspect(baseImage, signal)) {
      return;
    }
    log(`Docker: fetching the base image ${baseImage}`);
    await this.step('fetching', baseImage, async docker => {
      const stream: NodeJS.ReadableStream = await docker.pull(baseImage, {
        abortSignal: signal,
      });
      await withHeartbeat(log, 'still fetching', followed =>
        followEngine(stream, followed, signal),
      );
    });
  }

  private async hashOf(line: ImageLine, base: string): Promise<string> {
    const files = await readImageSource(this.folder, line.line);
    const { baseImage } = this.image;
    return contentHash({ line: line.line, files, baseImage, base });
  }

  private async baseContent(signal?: AbortSignal): Promise<string | undefined> {
    const { baseImage } = this.image;
    if (isPinned(baseImage)) {
      return baseImage;
    }
    const found = await this.inspect(baseImage, signal);
    // Not its id, which another engine, or another import of the same files,
    // makes anew.
    return found && JSON.stringify([found.RootFS.Layers, found.Config.Env]);
  }

  private async inspect(
    name: string,
    signal?: AbortSignal,
  ): Promise<ImageInspectInfo | undefined> {
    try {
      return await abortable(this.engine().getImage(name).inspect(), signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (isNotFound(error)) {
        return undefined;
      }
      throw this.unreachable(error);
    }
  }

  /** Runs one stage, and says which when it fails. */
  private async step<T>(
    stage: string,
    name: string,
    run: (docker: Docker) => Promise<T>,
  ): Promise<T> {
    try {
      return await run(this.engine());
    } catch (error) {
      if (isConnectionError(error)) {
        throw this.unreachable(error);
      }
      throw new ForwardedError(`Docker: ${stage} of ${name} failed`, error);
    }
  }

  private unreachable(cause: unknown): ServiceUnavailableError {
    const host = dockerHost(this.image.build.dockerHost, process.env);
    return engineUnreachable(host, cause);
  }

  private engine(): Docker {
    this.docker ??= connectEngine(
      dockerHost(this.image.build.dockerHost, process.env),
      process.env,
    );
    return this.docker;
  }

  private pushName(): string {
    if (!this.image.push) {
      throw new InputError(
        'The platform names no registry: set image.push and image.pull, or image.mode to prebuilt.',
      );
    }
    return this.image.push;
  }

  private authconfig() {
    const { username, password } = this.image;
    const { registry } = parseRepository(this.pushName());
    // The engine wants the header even where the registry wants nobody.
    return username === undefined
      ? {}
      : { username, password, serveraddress: registry };
  }
}
