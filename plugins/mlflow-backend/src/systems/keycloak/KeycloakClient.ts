import KeycloakAdminClient from '@keycloak/keycloak-admin-client';
import { NotFoundError } from '@backstage/errors';
import pLimit from 'p-limit';
import { Agent } from 'undici';
import { PlatformConfig } from '../../platform/config';
import { PlatformFetch, trustedCertificates } from '../http';
import { CallSignals } from './CallSignals';
import { updateClient } from './clients';
import { ManagementRole, statusOf, toBackstageError } from './errors';
import { Discovery, RealmEndpoints } from './RealmEndpoints';

const REQUEST_MS = 20_000;

/** Calls at once: enough to overlap waiting, not enough to burden Keycloak. */
const CONCURRENCY = 8;

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
  readonly #endpoints: RealmEndpoints;
  readonly #dispatcher: Agent;
  readonly #requestMs: number;
  readonly #limit = pLimit(CONCURRENCY);
  readonly #signals = new CallSignals();
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
    this.#config = keycloak;
    this.#endpoints = new RealmEndpoints(keycloak, fetch);
    this.realm = keycloak.realm;
    this.issuer = this.#endpoints.issuer;
    // The admin client calls the global fetch, so the trust goes with each call.
    this.#dispatcher = new Agent({
      connect: ca ? { ca: trustedCertificates(ca) } : {},
    });
    this.#admin = new KeycloakAdminClient({
      baseUrl: keycloak.url.replace(/\/+$/, ''),
      realmName: keycloak.realm,
      requestOptions: this.#signals.requestOptions(
        this.#dispatcher,
        this.#requestMs,
      ),
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
        return await this.#signals.run(signal, () =>
          this.#withFreshLogin(() => use(this.#admin), signal),
        );
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
  discovery(signal: AbortSignal): Promise<Discovery> {
    return this.#endpoints.discovery(signal);
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
    return (await this.#endpoints.clientCredentials(clientId, secret, signal))
      .value;
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
    const answer = this.#endpoints.clientCredentials(
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
}
