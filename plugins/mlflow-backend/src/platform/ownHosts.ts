import { ConflictError } from '@backstage/errors';
import { PlatformConfig } from './config';

/** Addresses of the platform's own systems. */
export function ownUrls(config: PlatformConfig): string[] {
  const { keycloak, objectStore, image } = config;
  return [keycloak.url, objectStore.endpoint, image.registry].filter(
    (url): url is string => url !== undefined,
  );
}

/**
 * An instance under the host of Keycloak or of the portal would get their
 * traffic, and the cookies of everybody who uses them.
 *
 * @throws ConflictError when the host is that of one of the addresses
 */
export function assertNoOwnHost(host: string, urls: string[]): void {
  if (urls.some(url => new URL(url).hostname === host)) {
    throw new ConflictError(
      `The host ${host} belongs to the platform itself. Choose another.`,
    );
  }
}
