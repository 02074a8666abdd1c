import { http } from '../http.ts';

/** The page on which a chain of redirects ended. */
export interface Page {
  url: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

const MAX_HOPS = 20;

interface Cookie {
  host: string;
  pair: string;
}

/** Follows redirects and keeps cookies, as a browser does without scripts. */
export class Session {
  readonly #ca: string;
  readonly #cookies = new Map<string, Cookie>();

  /** @param ca - PEM text of the CA of the sandbox */
  constructor(ca: string) {
    this.#ca = ca;
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#follow('GET', url, undefined, headers);
  }

  /** Submits a form. */
  async post(url: string, fields: Record<string, string>): Promise<Page> {
    return this.#follow('POST', url, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    });
  }

  /** One request with JSON, redirects not followed. */
  async json(
    method: string,
    url: string,
    options: { token?: string; body?: unknown } = {},
  ): Promise<Page> {
    return this.#once(
      method,
      url,
      options.body === undefined ? undefined : JSON.stringify(options.body),
      {
        accept: 'application/json',
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
        ...(options.body === undefined
          ? {}
          : { 'content-type': 'application/json' }),
      },
    );
  }

  async #follow(
    method: string,
    url: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Page> {
    let page = await this.#once(method, url, body, headers);
    for (let hop = 0; hop < MAX_HOPS; hop++) {
      const location = page.headers.location;
      if (typeof location !== 'string' || page.status < 300) return page;
      page = await this.#once(
        'GET',
        new URL(location, page.url).href,
        undefined,
        {},
      );
    }
    throw new Error(`Too many redirects from ${url}`);
  }

  async #once(
    method: string,
    url: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Page> {
    const { hostname } = new URL(url);
    const cookie = [...this.#cookies.values()]
      .filter(({ host }) => host === hostname)
      .map(({ pair }) => pair)
      .join('; ');
    const answer = await http({
      method,
      url,
      body,
      ca: this.#ca,
      timeoutMs: 30_000,
      headers: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair] = line.split(';');
      const name = pair.split('=')[0];
      this.#cookies.set(`${hostname} ${name}`, { host: hostname, pair });
    }
    return {
      url,
      status: answer.status,
      headers: answer.headers,
      text: answer.body.toString(),
    };
  }
}

/** Where a page's login form of Keycloak is sent to; undefined when it has none. */
export function loginAction(html: string): string | undefined {
  const action = html.match(
    /action="([^"]+login-actions\/authenticate[^"]+)"/,
  )?.[1];
  return action?.replace(/&amp;/g, '&');
}

/**
 * Opens a page that leads to Keycloak's login, and logs in.
 *
 * @throws Error when no login form comes
 */
export async function logIn(
  session: Session,
  url: string,
  user: { username: string; password: string },
): Promise<Page> {
  const form = await session.get(url);
  const action = loginAction(form.text);
  if (!action) {
    throw new Error(
      `${url} leads to no login form of Keycloak, but to ${form.status} ${
        form.url.split('?')[0]
      }`,
    );
  }
  return session.post(action, { ...user, credentialId: '' });
}
