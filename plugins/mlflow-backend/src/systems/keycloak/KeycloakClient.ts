import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import {
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import pLimit from 'p-limit';
import { Agent } from 'undici';
import { z } from 'zod';
import { PlatformConfig } from '../../platform/config';
import { PlatformFetch, trustedCertificates } from '../http';
import { updateClient } from './clients';
import {
  ManagementRole,
  statusOf,
  toBackstageError,
  unreachable,
} from './errors';

const REQUEST_MS = 20_000;

/** A token is renewed this long before it ends. */
const LEEWAY_MS = 10_000;

/** Calls at once: enough to overlap waiting, not enough to burden Keycloak. */
const CONCURRENCY = 8;

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

/** One admin call: what it does, and which role it needs. */
export interface AdminCall {
  /** For the error, for example `create client x`. */
  what: string;
  role: ManagementRole;
  signal: AbortSignal;
}

/** A login of the portal that runs or has been made. */
interface Login {
  token: Promise<string>;
  /** Epoch milliseconds. */
  until: number;
}

/** Speaks to one realm of one Keycloak as the portal's service account. */
export class KeycloakClient {
  readonly realm: string;
  /** As it stands in tokens, when Keycloak's host name is set as it should. */
  readonly issuer: string;
  readonly #config: PlatformConfig['keycloak'];
  readonly #fetch: PlatformFetch;
  readonly #dispatcher: Agent;
  readonly #requestMs: number;
  readonly #limit = pLimit(CONCURRENCY);
  readonly #admin: KeycloakAdminClient;
  #login?: Login;

  static fromConfig(
    config: Pick<PlatformConfig, 'keycloak' | 'ca'>,
    fetch: PlatformFetch,
  ): KeycloakClient {
    return new KeycloakClient(config, fetch);
  }

  /** @param options - `requestMs`: how long an answer may take */
  constructor(
    { keycloak, ca }: Pick<PlatformConfig, 'keycloak' | 'ca'>,
    fetch: PlatformFetch,
    options: { requestMs?: number } = {},
  ) {
    this.#requestMs = options.requestMs ?? REQUEST_MS;
    this.#config = { ...keycloak, url: keycloak.url.replace(/\/+$/, '') };
    this.realm = keycloak.realm;
    this.issuer = `${this.#config.url}/realms/${encodeURIComponent(
      keycloak.realm,
    )}`;
    this.#fetch = fetch;
    // The admin client calls the global fetch, so the trust goes with each call.
    this.#dispatcher = new Agent({
      connect: ca ? { ca: trustedCertificates(ca) } : {},
    });
    const requestOptions: RequestInit & { dispatcher: Agent } = {
      dispatcher: this.#dispatcher,
    };
    this.#admin = new KeycloakAdminClient({
      baseUrl: this.#config.url,
      realmName: keycloak.realm,
      timeout: this.#requestMs,
      requestOptions,
    });
    this.#admin.registerTokenProvider({
      getAccessToken: () => this.#accessToken(),
    });
  }

  /**
   * Calls the admin API; throws what went wrong in the portal's terms. A token
   * that Keycloak takes no longer, as after a restart without its sessions, is
   * replaced and the call made once more.
   */
  async call<T>(
    { what, role, signal }: AdminCall,
    use: (admin: KeycloakAdminClient) => Promise<T>,
  ): Promise<T> {
    return this.#limit(async () => {
      signal.throwIfAborted();
      try {
        return await this.#withFreshLogin(() => use(this.#admin), signal);
      } catch (error) {
        signal.throwIfAborted();
        throw toBackstageError(error, what, {
          clientId: this.#config.clientId,
          role,
        });
      }
    });
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

  /**
   * A fresh access token of another client's service account. The client's
   * secret is asked from Keycloak each time and kept nowhere.
   */
  async serviceAccountToken(
    clientId: string,
    signal: AbortSignal,
  ): Promise<string> {
    const call: AdminCall = {
      what: `read the secret of client ${clientId}`,
      role: 'manage-clients',
      signal,
    };
    const secret = await this.call(call, async admin => {
      const [client] = await admin.clients.find({ clientId });
      return client?.id
        ? (await admin.clients.getClientSecret({ id: client.id })).value
        : undefined;
    });
    if (!secret) {
      throw new NotFoundError(
        `Keycloak: realm ${this.realm} has no client ${clientId} with a secret. Repair the instance.`,
      );
    }
    return (await this.#clientCredentials(clientId, secret, signal)).value;
  }

  /**
   * Enables a marked client while something runs, and disables it afterwards
   * whatever happens. Should the process die in between, the identity step
   * disables it.
   */
  async withEnabledClient<T>(
    clientId: string,
    mark: string,
    signal: AbortSignal,
    use: () => Promise<T>,
  ): Promise<T> {
    await updateClient(this, clientId, mark, { enabled: true }, signal);
    try {
      return await use();
    } finally {
      await updateClient(
        this,
        clientId,
        mark,
        { enabled: false },
        AbortSignal.timeout(REQUEST_MS),
      );
    }
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    await this.#dispatcher.close();
  }

  async #withFreshLogin<T>(
    use: () => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      return await use();
    } catch (error) {
      if (statusOf(error) !== 401) {
        throw error;
      }
    }
    signal.throwIfAborted();
    this.#login = undefined;
    return use();
  }

  /** One login serves all calls until its token is about to end. */
  #accessToken(): Promise<string> {
    if (this.#login && Date.now() < this.#login.until) {
      return this.#login.token;
    }
    const { clientId, clientSecret } = this.#config;
    const answer = this.#clientCredentials(
      clientId,
      clientSecret,
      AbortSignal.timeout(this.#requestMs),
    );
    // While it runs, all callers share it; a failed one is not kept.
    const login: Login = {
      token: answer.then(({ value }) => value),
      until: Infinity,
    };
    this.#login = login;
    answer.then(
      ({ until }) => {
        login.until = until;
      },
      () => {
        login.until = 0;
      },
    );
    return login.token;
  }

  async #clientCredentials(
    clientId: string,
    secret: string,
    signal: AbortSignal,
  ): Promise<{ value: string; until: number }> {
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
      `Keycloak: ${this.#config.url} has no realm ${
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
