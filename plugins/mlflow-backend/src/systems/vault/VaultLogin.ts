import { readFile } from 'node:fs/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import { VaultConfig } from '../../platform/secretsConfig';
import { abortable } from '../abortable';
import { loginRefused, toBackstageError } from './errors';
import { VaultAnswer, VaultHttp } from './VaultHttp';

/** A token is replaced this long before it ends, one with a short life later. */
const LEEWAY_MS = 10_000;
const LEEWAY_SHARE = 0.2;

/** A token near its last end gains nothing by being renewed. */
const SHORTEST_SECONDS = 60;

/** How long giving the token back may take. */
const REVOKE_MS = 2_000;

const lease = z.object({
  client_token: z.string(),
  lease_duration: z.number(),
  renewable: z.boolean(),
});
const loginAnswer = z.object({ auth: lease });
const lookupAnswer = z.object({
  data: z.object({ ttl: z.number(), renewable: z.boolean().default(false) }),
});

/** A token of the portal that is being got or was got. */
interface Session {
  token: Promise<string>;
  /** Epoch milliseconds after which another one is got. */
  until: number;
}

/**
 * The portal's one login to a Vault. Whoever asks for the token while it is being
 * got shares it; it is renewed by a timer before it ends.
 */
export class VaultLogin {
  readonly #http: VaultHttp;
  readonly #auth: VaultConfig['auth'];
  #session?: Session;
  #renewal?: NodeJS.Timeout;
  #closed = false;

  constructor(http: VaultHttp, auth: VaultConfig['auth']) {
    this.#http = http;
    this.#auth = auth;
  }

  /** Whether another login could give another token. */
  get canRepeat(): boolean {
    return this.#auth.method !== 'token';
  }

  /**
   * @throws NotAllowedError when the credentials are refused
   * @throws ServiceUnavailableError when Vault is sealed or does not answer
   */
  async token(signal?: AbortSignal): Promise<string> {
    if (!this.#session || Date.now() > this.#session.until) {
      this.#session = this.#begin();
    }
    return abortable(this.#session.token, signal);
  }

  /** The token was refused: the next call logs in anew. */
  forget(): void {
    clearTimeout(this.#renewal);
    this.#session = undefined;
  }

  /** Gives a token back that a login got; best effort. */
  async close(): Promise<void> {
    this.#closed = true;
    const session = this.#session;
    this.forget();
    if (session && this.canRepeat) {
      await this.#revoke(session).catch(() => {});
    }
  }

  async #revoke(session: Session): Promise<void> {
    const signal = AbortSignal.timeout(REVOKE_MS);
    await this.#http.send({
      what: 'log out',
      method: 'POST',
      path: 'auth/token/revoke-self',
      token: await abortable(session.token, signal),
      signal,
    });
  }

  #begin(): Session {
    clearTimeout(this.#renewal);
    const session: Session = {
      until: Infinity,
      token: this.#logIn().then(({ token, seconds, renewable }) => {
        this.#keep(session, token, seconds, renewable);
        return token;
      }),
    };
    session.token.catch(() => {
      if (this.#session === session) {
        this.#session = undefined;
      }
    });
    return session;
  }

  /** @param seconds - life of the token; 0 is without end */
  #keep(
    session: Session,
    token: string,
    seconds: number,
    renewable: boolean,
  ): void {
    const life = seconds * 1000;
    session.until =
      seconds > 0
        ? Date.now() + life - Math.min(LEEWAY_MS, life * LEEWAY_SHARE)
        : Infinity;
    if (renewable && seconds >= SHORTEST_SECONDS && !this.#closed) {
      this.#renewal = setTimeout(
        () => void this.#renew(session, token),
        (life * 2) / 3,
      );
      this.#renewal.unref();
    }
  }

  /** When it fails, the next call after the token's end logs in. */
  async #renew(session: Session, token: string): Promise<void> {
    try {
      const answer = await this.#http.send({
        what: 'renew the token',
        method: 'POST',
        path: 'auth/token/renew-self',
        token,
        content: {},
      });
      const parsed = loginAnswer.safeParse(answer.body);
      if (parsed.success && this.#session === session) {
        const { lease_duration: seconds, renewable } = parsed.data.auth;
        this.#keep(session, token, seconds, renewable);
      }
    } catch {
      // No answer: the token may still be good, and is used until it ends.
    }
  }

  async #logIn() {
    const auth = this.#auth;
    if (auth.method === 'token') {
      return this.#lookUp(auth.token);
    }
    const content =
      auth.method === 'approle'
        ? { role_id: auth.roleId, secret_id: auth.secretId }
        : { role: auth.role, jwt: await readToken(auth.tokenFile) };
    const login = `login by auth/${auth.mount}`;
    const answer = await this.#http.send({
      what: 'log in',
      method: 'POST',
      path: `auth/${auth.mount}/login`,
      content,
    });
    const parsed = loginAnswer.safeParse(answer.body);
    if (!parsed.success) {
      throw this.#refusal(login, answer);
    }
    const { client_token: token, ...rest } = parsed.data.auth;
    return { token, seconds: rest.lease_duration, renewable: rest.renewable };
  }

  async #lookUp(token: string) {
    const answer = await this.#http.send({
      what: 'look at the token',
      method: 'GET',
      path: 'auth/token/lookup-self',
      token,
    });
    const parsed = lookupAnswer.safeParse(answer.body);
    if (!parsed.success) {
      throw this.#refusal('token', answer);
    }
    const { ttl: seconds, renewable } = parsed.data.data;
    return { token, seconds, renewable };
  }

  #refusal(login: string, answer: VaultAnswer): Error {
    return answer.status === 400 ||
      answer.status === 403 ||
      answer.status === 404
      ? loginRefused(login)
      : toBackstageError(this.#http.call('log in'), answer);
  }
}

async function readToken(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new ServiceUnavailableError(
      `Vault: could not log in: the token of the portal's ServiceAccount cannot be read from ${file}. Correct mlflow.platforms.<platform>.secrets.vault.auth.tokenFile.`,
      error,
    );
  }
}
