import { SandboxError } from './errors.ts';
import { http } from './http.ts';

/** Where Keycloak is, and the service account of the sandbox in its master realm. */
export interface KeycloakAccess {
  url: string;
  ca: Buffer;
  clientSecret: string;
  /** How long an answer may take; 10 s when left out. */
  timeoutMs?: number;
}

/** The part of Keycloak's admin REST API that the sandbox needs. */
export class KeycloakClient {
  readonly #access: KeycloakAccess;
  readonly #token: string;

  private constructor(access: KeycloakAccess, token: string) {
    this.#access = access;
    this.#token = token;
  }

  /** @throws SandboxError when Keycloak refuses the service account. */
  static async login(access: KeycloakAccess): Promise<KeycloakClient> {
    const { status, body } = await http({
      method: 'POST',
      url: `${access.url}/realms/master/protocol/openid-connect/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'sandbox-admin',
        client_secret: access.clientSecret,
      }).toString(),
      ca: access.ca,
      timeoutMs: access.timeoutMs,
    });
    if (status !== 200) {
      throw new SandboxError(
        `Keycloak refuses the sandbox's own service account (${status}): its database is older than the secrets; run sandbox reset`,
      );
    }
    return new KeycloakClient(access, JSON.parse(body.toString()).access_token);
  }

  /**
   * One call below `/admin/realms`. Statuses in `accepted` are no errors.
   *
   * @throws SandboxError that names the call.
   */
  async call<T = unknown>(
    method: string,
    path: string,
    content?: unknown,
    accepted: number[] = [],
  ): Promise<T | undefined> {
    const { status, body } = await http({
      method,
      url: `${this.#access.url}/admin/realms${path}`,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: content === undefined ? undefined : JSON.stringify(content),
      ca: this.#access.ca,
      timeoutMs: this.#access.timeoutMs,
    });
    if (accepted.includes(status)) return undefined;
    if (status >= 300)
      throw new SandboxError(`Keycloak: ${method} ${path} answered ${status}`);
    return body.length ? JSON.parse(body.toString()) : undefined;
  }
}
