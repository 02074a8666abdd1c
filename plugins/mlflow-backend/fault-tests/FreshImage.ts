import Docker from 'dockerode';
import { PORTS, REGISTRY } from '@internal/mlflow-sandbox/src/addresses.ts';
import { http } from '@internal/mlflow-sandbox/src/http.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';

/** The line whose image is built anew; lanes beside this one run the other. */
export const FRESH_LINE = '3.6';

const REPOSITORY = `${REGISTRY}/mlflow`;
const API = `http://127.0.0.1:${PORTS.registry}/v2/mlflow`;

/** Holds the layers of the image, so that a build takes them from the cache. */
const KEPT = { repo: 'mlflow-fault-tests', tag: 'kept' };

/** As the engine's builder and the registry name what a manifest is. */
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

const isOfLine = (name: string) =>
  name.startsWith(`${REPOSITORY}:${FRESH_LINE}.`);

/** Tags that an image has while it was not checked yet. */
const isCandidate = (tag: string) => tag.endsWith('-unchecked');

/**
 * The image of one line, as a portal finds it that never built it; its layers
 * stay in the engine's cache.
 */
export class FreshImage {
  readonly #docker: Docker;
  #whole?: string;

  constructor({ paths }: Pick<Context, 'paths'>) {
    this.#docker = new Docker({ socketPath: paths.dockerSocket });
  }

  /** Takes the image from the registry, and its tags from the engine. */
  async forget(): Promise<void> {
    const tags = await this.#tags();
    const whole = tags.find(tag => !isCandidate(tag));
    if (whole) await this.#docker.getImage(whole).tag(KEPT);
    this.#whole ??= whole;
    for (const tag of tags) {
      await this.#docker.getImage(tag).remove({ noprune: true });
    }
    for (const tag of await this.#pushed()) await this.#unpush(tag);
  }

  /** What builds leave that should have gone with them. */
  async leftovers(): Promise<string[]> {
    const containers = await this.#containers();
    const candidates = (await this.#tags()).filter(isCandidate);
    return [
      ...containers.map(what => `docker container ${what}`),
      ...candidates.map(tag => `docker image ${tag}`),
    ].map(line => `too much: ${line}`);
  }

  /** Gives the image its tag back, should a run that was cut have left it without. */
  async restore(): Promise<void> {
    if (!this.#whole) return;
    const kept = this.#docker.getImage(`${KEPT.repo}:${KEPT.tag}`);
    const [repo, tag] = this.#whole.split(/:(?=[^:]*$)/);
    await kept.tag({ repo, tag });
    await kept.remove({ noprune: true });
  }

  /** By the image that they were made from, under whatever name. */
  async #containers(): Promise<string[]> {
    const ids = (await this.#docker.listImages())
      .filter(({ RepoTags }) => RepoTags?.some(isOfLine))
      .map(({ Id }) => Id);
    const listed = await this.#docker.listContainers({ all: true });
    const found = await Promise.all(
      listed.map(({ Id }) => this.#docker.getContainer(Id).inspect()),
    );
    return found
      .filter(
        ({ Config, Image }) => isOfLine(Config.Image) || ids.includes(Image),
      )
      .map(({ Config, State }) => `of ${Config.Image}, ${State.Status}`);
  }

  async #tags(): Promise<string[]> {
    const images = await this.#docker.listImages();
    return images.flatMap(({ RepoTags }) => RepoTags ?? []).filter(isOfLine);
  }

  async #pushed(): Promise<string[]> {
    const { body } = await http({ url: `${API}/tags/list` });
    const { tags }: { tags?: string[] | null } = JSON.parse(body.toString());
    return (tags ?? []).filter(tag => tag.startsWith(`${FRESH_LINE}.`));
  }

  async #unpush(tag: string): Promise<void> {
    const { headers } = await http({
      method: 'HEAD',
      url: `${API}/manifests/${tag}`,
      headers: { accept: MANIFEST },
    });
    const digest = headers['docker-content-digest'];
    const url = `${API}/manifests/${digest}`;
    const { status } = await http({ method: 'DELETE', url });
    if (status !== 202) {
      throw new Error(`The registry did not delete ${tag} (${status})`);
    }
  }
}
