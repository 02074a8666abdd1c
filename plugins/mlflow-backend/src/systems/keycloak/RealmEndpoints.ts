import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';
import { PlatformConfig } from '../../platform/config';
import { PlatformFetch } from '../http';
import { unreachable } from './errors';

/** A token is renewed this long before it ends. */
const LEEWAY_MS = 10_000;

const tokenAnswer = z.object({
  access_token: z.string(),
  expires_in: z.number(),
});

const discoveryAnswer = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
});

/** What a realm says about itself. */
export type Discovery = z.infer<typeof discoveryAnswer>;

/** An access token, and when another one should be had. */
export interface AccessToken {
  value: string;
  /** Epoch milliseconds. */
  until: number;
}

/** The public OpenID endpoints of one realm. */
export class RealmEndpoints {
  readonly realm: string;
  /** As it stands in tokens, when Keycloak's host name is set as it should. */
  readonly issuer: string;
  readonly #url: string;
  readonly #fetch: PlatformFetch;

  constructor(
    { url, realm }: Pick<PlatformConfig['keycloak'], 'url' | 'realm'>,
    fetch: PlatformFetch,
  ) {
    this.#url = url.replace(/\/+$/, '');
    this.realm = realm;
    this.issuer = `${this.#url}/realms/${encodeURIComponent(realm)}`;
    this.#fetch = fetch;
  }

  /** @throws NotFoundError when the realm does not exist */
  async discovery(signal: AbortSignal): Promise<Discovery> {
    const url = `${this.issuer}/.well-known/openid-configuration`;
    const answer = await this.#request(`read ${url}`, url, { signal });
    if (answer.status === 404) {
      throw this.#noRealm();
    }
    const parsed = discoveryAnswer.safeParse(answer.body);
    if (!parsed.success) {
      throw new ServiceUnavailableError(
        `Keycloak: ${url} answered ${answer.status} and is no OpenID configuration.`,
      );
    }
    return parsed.data;
  }

  /** A token of a client's own service account. */
  async clientCredentials(
    clientId: string,
    secret: string,
    signal: AbortSignal,
  ): Promise<AccessToken> {
    const credentials = [clientId, secret].map(encodeURIComponent).join(':');
    const answer = await this.#request(
      `log in as client ${clientId}`,
      `${this.issuer}/protocol/openid-connect/token`,
      {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials',
        signal,
      },
    );
    if (answer.status === 404) {
      throw this.#noRealm();
    }
    if (answer.status === 400 || answer.status === 401) {
      throw new NotAllowedError(
        `Keycloak: realm ${this.realm} refuses the login of client ${clientId}. Check that the client is enabled, has a service account and that its secret is right.`,
      );
    }
    const parsed = tokenAnswer.safeParse(answer.body);
    if (!parsed.success) {
      throw new ServiceUnavailableError(
        `Keycloak: the login of client ${clientId} was answered with ${answer.status}. Check Keycloak's log.`,
      );
    }
    const { access_token: value, expires_in: seconds } = parsed.data;
    return { value, until: Date.now() + seconds * 1000 - LEEWAY_MS };
  }

  async #request(
    what: string,
    url: string,
    init: Parameters<PlatformFetch>[1] & { signal: AbortSignal },
  ): Promise<{ status: number; body: unknown }> {
    try {
      const answer = await this.#fetch(url, init);
      const text = await answer.text();
      return { status: answer.status, body: parse(text) };
    } catch (error) {
      if (init.signal.aborted && init.signal.reason?.name !== 'TimeoutError') {
        throw init.signal.reason;
      }
      throw unreachable(what, error);
    }
  }

  #noRealm(): NotFoundError {
    return new NotFoundError(
      `Keycloak: ${this.#url} has no realm ${
        this.realm
      }. Make the realm, or correct mlflow.platforms.<platform>.keycloak.`,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
