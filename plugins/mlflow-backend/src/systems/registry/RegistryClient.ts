import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { PlatformConfig } from '../../platform/config';
import { isCertificateFault } from '../certificateFault';
import { PlatformFetch } from '../http';
import { reasonOf } from '../reasonOf';
import { parseRepository } from './imageName';
import { fetchToken, parseChallenge } from './registryToken';

const MANIFEST_TYPES = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ');

/** Longest wait for one answer of a registry, in milliseconds. */
const TIMEOUT = 30_000;

interface RegistryOptions {
  /** Address of the API, without `/v2`. */
  url: string;
  /** Path of the repository in the registry. */
  path: string;
  username?: string;
  password?: string;
}

/** Reads one repository of a registry by the HTTP API v2. */
export class RegistryClient {
  private constructor(
    private readonly options: RegistryOptions | undefined,
    private readonly fetch: PlatformFetch,
  ) {}

  /** Does not connect. Without `image.push` each call says what is missing. */
  static fromConfig(
    { image }: PlatformConfig,
    fetch: PlatformFetch,
  ): RegistryClient {
    if (!image.push) {
      return new RegistryClient(undefined, fetch);
    }
    const { registry, path } = parseRepository(image.push);
    return new RegistryClient(
      {
        url: (image.registry ?? `https://${registry}`).replace(/\/+$/, ''),
        path,
        username: image.username,
        password: image.password,
      },
      fetch,
    );
  }

  /**
   * Digest of the manifest that a tag names; undefined when there is none.
   *
   * @throws ServiceUnavailableError when the registry cannot be reached or fails
   * @throws NotAllowedError when it refuses the configured user
   */
  async digestOf(
    tag: string,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const { url, path } = this.require();
    const response = await this.head(tag, signal);
    if (response.status === 404) {
      return undefined;
    }
    const digest = response.headers.get('docker-content-digest');
    if (!digest) {
      throw new ServiceUnavailableError(
        `Registry ${url}: no digest in the answer for ${path}:${tag}; is this the address of a registry API?`,
      );
    }
    return digest;
  }

  /** Whether the repository holds a manifest of this digest. */
  async exists(digest: string, signal?: AbortSignal): Promise<boolean> {
    return (await this.head(digest, signal)).status === 200;
  }

  private async head(reference: string, signal?: AbortSignal) {
    const { url, path, username, password } = this.require();
    const timeout = AbortSignal.timeout(TIMEOUT);
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    const basic = Buffer.from(`${username}:${password ?? ''}`);
    const user = username && `Basic ${basic.toString('base64')}`;
    const ask = (authorization: string | undefined) =>
      this.fetch(`${url}/v2/${path}/manifests/${reference}`, {
        method: 'HEAD',
        headers: {
          accept: MANIFEST_TYPES,
          ...(authorization ? { authorization } : {}),
        },
        signal: either,
      });
    const askWithToken = async () => {
      const first = await ask(user);
      const challenge = parseChallenge(first.headers.get('www-authenticate'));
      if (first.status !== 401 || !challenge) {
        return first;
      }
      const token = await fetchToken(challenge, user, this.fetch, either);
      return token ? ask(`Bearer ${token}`) : first;
    };
    const response = await askWithToken().catch(error => {
      signal?.throwIfAborted();
      if (error instanceof ServiceUnavailableError) {
        throw error;
      }
      throw new ServiceUnavailableError(
        isCertificateFault(error)
          ? `Registry ${url}: its certificate is not trusted (${reasonOf(
              error,
            )}). Put its CA into mlflow.platforms.<platform>.ca.`
          : `Registry ${url} cannot be reached; check image.registry and that it runs.`,
        error,
      );
    });
    if (response.status === 401 || response.status === 403) {
      throw new NotAllowedError(
        `Registry ${url} refuses to show ${path} (${response.status}); check image.username and image.password.`,
      );
    }
    if (response.status !== 200 && response.status !== 404) {
      throw new ServiceUnavailableError(
        `Registry ${url} answered ${response.status} for ${path}:${reference}; look into its log.`,
      );
    }
    return response;
  }

  private require(): RegistryOptions {
    if (!this.options) {
      throw new InputError(
        'The platform names no registry: set image.push and image.pull, or image.mode to prebuilt.',
      );
    }
    return this.options;
  }
}
