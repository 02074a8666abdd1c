import { ServiceUnavailableError } from '@backstage/errors';
import { PlatformFetch } from '../http';
import { reasonOf } from '../reasonOf';

/** An answer of an MLflow server, its body read. */
export interface MlflowAnswer {
  status: number;
  contentType: string;
  location?: string;
  text: string;
}

const TIMEOUT_MS = 20_000;

/** Speaks to one MLflow server through its ingress, as any client would. */
export class MlflowClient {
  readonly #fetch: PlatformFetch;
  readonly #base: string;

  /** @param base - `https://<host>` */
  constructor(fetch: PlatformFetch, base: string) {
    this.#fetch = fetch;
    this.#base = base.replace(/\/$/, '');
  }

  /**
   * One request, redirects not followed.
   *
   * @throws ServiceUnavailableError when nothing answers at the host
   */
  async request(
    path: string,
    options: {
      signal: AbortSignal;
      method?: string;
      token?: string;
      body?: unknown;
      accept?: string;
    },
  ): Promise<MlflowAnswer> {
    try {
      const response = await this.#fetch(`${this.#base}${path}`, {
        method: options.method ?? 'GET',
        redirect: 'manual',
        headers: {
          accept: options.accept ?? 'application/json',
          ...(options.token && { authorization: `Bearer ${options.token}` }),
          ...(options.body !== undefined && {
            'content-type': 'application/json',
          }),
        },
        body:
          options.body === undefined ? undefined : JSON.stringify(options.body),
        signal: AbortSignal.any([
          options.signal,
          AbortSignal.timeout(TIMEOUT_MS),
        ]),
      });
      return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        location: response.headers.get('location') ?? undefined,
        text: await response.text(),
      };
    } catch (error) {
      options.signal.throwIfAborted();
      throw new ServiceUnavailableError(
        `MLflow: ${this.#base} did not answer ${path} (${reasonOf(
          error,
        )}). Check the host's DNS name, the ingress and its certificate.`,
        error,
      );
    }
  }
}
