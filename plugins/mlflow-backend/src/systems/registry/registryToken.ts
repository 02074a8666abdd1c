import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import { PlatformFetch } from '../http';

/** Where a registry sends its clients for a token. */
export interface TokenChallenge {
  realm: URL;
  service?: string;
  scope?: string;
}

const answer = z
  .object({ token: z.string(), access_token: z.string() })
  .partial();

/** Reads a `WWW-Authenticate: Bearer …` header; undefined for any other. */
export function parseChallenge(
  header: string | null,
): TokenChallenge | undefined {
  const [, text] = header?.match(/^Bearer\s+(.*)$/i) ?? [];
  if (!text) {
    return undefined;
  }
  const values = new Map(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(match => [match[1], match[2]]),
  );
  const realm = values.get('realm');
  return realm && URL.canParse(realm)
    ? {
        realm: new URL(realm),
        service: values.get('service'),
        scope: values.get('scope'),
      }
    : undefined;
}

/**
 * Fetches a token as Docker's own client does.
 *
 * @param authorization - header with the configured user, where there is one; not
 *   sent to a plain http address that is not this machine's
 * @returns undefined when the token server refuses the user
 * @throws ServiceUnavailableError when it fails
 */
export async function fetchToken(
  { realm, service, scope }: TokenChallenge,
  authorization: string | undefined,
  fetch: PlatformFetch,
  signal: AbortSignal,
): Promise<string | undefined> {
  const url = new URL(realm);
  if (service) url.searchParams.set('service', service);
  if (scope) url.searchParams.set('scope', scope);
  const safe =
    url.protocol === 'https:' ||
    ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const response = await fetch(url, {
    headers: authorization && safe ? { authorization } : {},
    signal,
  });
  if (response.status === 401 || response.status === 403) {
    return undefined;
  }
  if (!response.ok) {
    throw new ServiceUnavailableError(
      `Registry: its token server ${url.origin} answered ${response.status}; look into its log.`,
    );
  }
  const { token, access_token } = answer.parse(await response.json());
  return token ?? access_token;
}
