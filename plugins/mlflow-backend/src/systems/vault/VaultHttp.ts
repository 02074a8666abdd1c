import { z } from 'zod';
import { VaultConfig } from '../../platform/secretsConfig';
import { PlatformFetch } from '../http';
import { unreachable, VaultCall } from './errors';

const REQUEST_MS = 20_000;

const refusal = z.object({ errors: z.array(z.string()) });

/** What Vault answered: a status, its JSON, and its reasons when it refused. */
export interface VaultAnswer {
  status: number;
  body: unknown;
  errors: string[];
}

/** One request; `path` begins behind `/v1/`. */
export interface VaultRequest {
  /** For the error, for example `write secret/mlflow/x/y`. */
  what: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  token?: string;
  content?: unknown;
  signal?: AbortSignal;
}

/** Sends requests to one Vault; any status is an answer. */
export class VaultHttp {
  readonly address: string;
  readonly #config: Pick<VaultConfig, 'mount' | 'namespace'>;
  readonly #fetch: PlatformFetch;
  readonly #requestMs: number;

  /** @param options - `requestMs`: how long an answer may take, in milliseconds */
  constructor(
    config: Pick<VaultConfig, 'address' | 'mount' | 'namespace'>,
    fetch: PlatformFetch,
    options: { requestMs?: number } = {},
  ) {
    this.#requestMs = options.requestMs ?? REQUEST_MS;
    this.address = config.address.replace(/\/+$/, '');
    this.#config = config;
    this.#fetch = fetch;
  }

  /** What the errors of a call name. */
  call(what: string): VaultCall {
    return { what, address: this.address, mount: this.#config.mount };
  }

  /** @throws ServiceUnavailableError when no answer comes in time, 20 s by default */
  async send(request: VaultRequest): Promise<VaultAnswer> {
    const { what, method, path, token, content, signal } = request;
    const { namespace } = this.#config;
    const timeout = AbortSignal.timeout(this.#requestMs);
    try {
      const answer = await this.#fetch(`${this.address}/v1/${path}`, {
        method,
        headers: {
          'x-vault-request': 'true',
          ...(token && { 'x-vault-token': token }),
          ...(namespace && { 'x-vault-namespace': namespace }),
          ...(content !== undefined && { 'content-type': 'application/json' }),
        },
        body: content === undefined ? undefined : JSON.stringify(content),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      const body = parse(await answer.text());
      const { data } = refusal.safeParse(body);
      return { status: answer.status, body, errors: data?.errors ?? [] };
    } catch (error) {
      signal?.throwIfAborted();
      throw unreachable(this.call(what), error);
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
