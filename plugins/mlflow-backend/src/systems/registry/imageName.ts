import { InputError } from '@backstage/errors';

/** An image as the chart wants it: it writes `<repository>:<tag>`. */
export interface ImageReference {
  repository: string;
  tag: string;
}

/** `<registry>/<path>` in its two parts. */
export interface RepositoryName {
  /** Host with port; `docker.io` when the name has none. */
  registry: string;
  path: string;
}

/** Takes a repository name apart as Docker does. */
export function parseRepository(name: string): RepositoryName {
  const [first, ...rest] = name.split('/');
  const isHost = /[.:]/.test(first) || first === 'localhost';
  return rest.length > 0 && isHost
    ? { registry: first, path: rest.join('/') }
    : { registry: 'docker.io', path: name };
}

/**
 * Takes apart a reference that holds a digest. Without a tag the split falls
 * inside `@sha256:`, which reads the same when the chart joins it again.
 *
 * @throws InputError when there is no digest
 */
export function parsePinnedImage(reference: string): ImageReference {
  const match = reference.match(
    /^([^@\s]+?)(?::([\w.-]{1,128}))?@sha256:([0-9a-f]{64})$/,
  );
  if (!match) {
    throw new InputError(
      `The image "${reference}" is not pinned: write repository:tag@sha256:… with all 64 digits.`,
    );
  }
  const [, repository, tag, digest] = match;
  return tag
    ? { repository, tag: `${tag}@sha256:${digest}` }
    : { repository: `${repository}@sha256`, tag: digest };
}

/** Whether the name says by itself which image it is, for ever. */
export function isPinned(name: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(name);
}
