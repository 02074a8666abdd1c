import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keycloakAdmin } from '@internal/mlflow-sandbox/src/bench/platform.ts';
import type { Context } from '@internal/mlflow-sandbox/src/part.ts';
import { generateSecret } from '@internal/mlflow-sandbox/src/secrets.ts';
import type { YamlValue } from '@internal/mlflow-sandbox/src/yaml.ts';
import { makeRealm } from '../src/__testUtils__/makeRealm.ts';

/** A realm gets keys of its own, which takes a busy machine a while. */
const ANSWER_MS = 120_000;

/** What is absent is no error. */
const GONE = [404];

/** A client as Keycloak describes it. */
export interface KeycloakClient {
  id: string;
  clientId: string;
  redirectUris: string[];
}

/**
 * A realm of the harness's own, in which its instances have their clients and
 * groups: scopes and mappers are shared by a whole realm, and people of the
 * sandbox's realm must be able to log in meanwhile.
 */
export class Realm {
  readonly #context: Context;
  readonly #name: string;
  readonly #secret: string;

  private constructor(context: Context, name: string, secret: string) {
    this.#context = context;
    this.#name = name;
    this.#secret = secret;
  }

  /** Makes it anew; one that an earlier run has left goes. */
  static async make(context: Context, name: string): Promise<Realm> {
    const secret = generateSecret();
    const realm = new Realm(context, name, secret);
    await realm.remove();
    const setup = join(
      context.paths.repo,
      'plugins/mlflow-backend/setup/keycloak.json',
    );
    await makeRealm((...call) => realm.#admin(...call), {
      realm: name,
      secret,
      setup: JSON.parse(readFileSync(setup, 'utf8')),
    });
    return realm;
  }

  /** What the portal is told of it. */
  get config(): { [key: string]: YamlValue } {
    return { realm: this.#name, clientSecret: this.#secret };
  }

  /** One call below the realm, as Keycloak's administrator. */
  async call<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    content?: unknown,
  ): Promise<T | undefined> {
    return this.#admin<T>(method, `/${this.#name}${path}`, content);
  }

  /** Gives the realm another name for a while. @returns what takes that back */
  async rename(): Promise<() => Promise<unknown>> {
    const other = `${this.#name}-gone`;
    await this.call('PUT', '', { realm: other });
    return () => this.#admin('PUT', `/${other}`, { realm: this.#name });
  }

  /** @throws Error when there is no such client */
  async client(clientId: string): Promise<KeycloakClient> {
    const [found] =
      (await this.call<KeycloakClient[]>(
        'GET',
        `/clients?clientId=${clientId}`,
      )) ?? [];
    if (!found) throw new Error(`no client ${clientId}`);
    return found;
  }

  /** Removes it with all that is in it. */
  async remove(): Promise<void> {
    for (const name of [this.#name, `${this.#name}-gone`]) {
      await this.#admin('DELETE', `/${name}`);
    }
  }

  async #admin<T>(
    method: string,
    path: string,
    content?: unknown,
  ): Promise<T | undefined> {
    // A token of the administrator lives for a minute.
    const keycloak = await keycloakAdmin(this.#context, ANSWER_MS);
    return keycloak.call<T>(
      method,
      path,
      content,
      method === 'DELETE' ? GONE : [],
    );
  }
}
