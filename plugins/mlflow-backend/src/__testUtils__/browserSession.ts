import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PlatformFetch } from '../systems/http';
import { sandboxStateFolder } from './sandbox';

const users = z.array(z.object({ role: z.string(), password: z.string() }));

function passwordOf(role: string): string {
  const file = path.join(sandboxStateFolder(), 'users.json');
  const found = users
    .parse(JSON.parse(readFileSync(file, 'utf8')))
    .find(user => user.role === role);
  if (!found) {
    throw new Error(`${file} has no user of role ${role}.`);
  }
  return found.password;
}

/** A browser as far as Keycloak can tell: it keeps cookies and sends forms. */
export class BrowserSession {
  readonly #fetch: PlatformFetch;
  readonly #cookies = new Map<string, string>();

  constructor(fetch: PlatformFetch) {
    this.#fetch = fetch;
  }

  /** @returns the answer; redirects are not followed */
  async open(
    url: string,
    form?: Record<string, string>,
  ): Promise<{ status: number; location?: URL; text: string }> {
    const answer = await this.#fetch(url, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: [...this.#cookies].map(pair => pair.join('=')).join('; '),
      },
      body: form && new URLSearchParams(form),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) {
        this.#cookies.delete(name);
      } else if (name) {
        this.#cookies.set(name, value);
      }
    }
    const location = answer.headers.get('location');
    return {
      status: answer.status,
      location: location ? new URL(location, url) : undefined,
      text: await answer.text(),
    };
  }

  /**
   * Logs a user of the sandbox in by the login page at an address.
   *
   * @param role - for example `owner`
   * @returns where Keycloak sends the browser then
   */
  async logIn(url: string, role: string): Promise<URL | undefined> {
    const page = await this.open(url);
    const action = /<form[^>]*action="([^"]+)"/.exec(page.text)?.[1];
    if (page.status !== 200 || !action) {
      throw new Error(`${url} answered ${page.status} and no login form.`);
    }
    const answer = await this.open(action.replace(/&amp;/g, '&'), {
      username: `${role}@example.com`,
      password: passwordOf(role),
      credentialId: '',
    });
    return answer.location;
  }
}
