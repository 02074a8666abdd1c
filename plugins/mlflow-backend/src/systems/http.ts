import tls from 'node:tls';
import { Agent, fetch as undiciFetch } from 'undici';

/** `fetch` that trusts one platform's CA besides the public ones. */
export type PlatformFetch = typeof undiciFetch;

/**
 * A `fetch` of one platform. The trust is bound to this function, so a CA of
 * one platform is never trusted for another, nor by the rest of the portal.
 *
 * @param ca - PEM text of one or more further CA certificates
 */
export function createPlatformFetch(ca?: string): {
  fetch: PlatformFetch;
  close(): Promise<void>;
} {
  const agent = new Agent({
    connect: ca ? { ca: trustedCertificates(ca) } : {},
    headersTimeout: 30_000,
    bodyTimeout: 60_000,
  });
  return {
    fetch: (input, init) => undiciFetch(input, { dispatcher: agent, ...init }),
    close: () => agent.close(),
  };
}

/** The public roots that Node.js ships with, and one platform's own. */
export function trustedCertificates(ca: string): string[] {
  return [...tls.rootCertificates, ca];
}
