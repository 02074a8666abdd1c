import { AsyncLocalStorage } from 'node:async_hooks';
import {
  createConfiguration,
  KubeConfig,
  KubernetesObjectApi,
  ServerConfiguration,
} from '@kubernetes/client-node';
import { InputError } from '@backstage/errors';

/** An API server that is silent for this long does not answer any more. */
const TIMEOUT_MS = 30_000;

/** The API server did not answer in time. */
export class SilenceError extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms / 1000} s`);
    this.name = 'SilenceError';
  }
}

/** The object API, which knows what the API server serves. */
class ResourceApi extends KubernetesObjectApi {
  /** Whether this kind exists; a group that is missing answers with 404. */
  async serves(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.resource(apiVersion, kind)) !== undefined;
  }
}

/**
 * The object API of a cluster, each call of which ends with the caller's
 * signal or after 30 s. The library itself takes no signal.
 */
export class BoundedApi {
  readonly #calls = new AsyncLocalStorage<{
    signal: AbortSignal;
    accept?: string;
  }>();
  readonly #api: ResourceApi;
  readonly #timeoutMs: number;

  /** @param timeoutMs - how long a call may take, in milliseconds */
  constructor(kubeConfig: KubeConfig, timeoutMs: number = TIMEOUT_MS) {
    this.#timeoutMs = timeoutMs;
    const server = kubeConfig.getCurrentCluster()?.server;
    if (!server) {
      throw new InputError(
        'Kubernetes: the configuration names no API server.',
      );
    }
    this.#api = new ResourceApi(
      createConfiguration({
        baseServer: new ServerConfiguration(server, {}),
        authMethods: { default: kubeConfig },
        promiseMiddleware: [
          {
            pre: async request => {
              const { signal, accept } = this.#calls.getStore() ?? {};
              if (signal) {
                request.setSignal(signal);
              }
              if (accept) {
                request.setHeaderParam('Accept', accept);
              }
              return request;
            },
            post: async response => response,
          },
        ],
      }),
    );
  }

  /**
   * Calls the API; the requests of one call end together.
   *
   * @param accept - form of the answer; objects in JSON when left out
   * @throws the signal's reason, or {@link SilenceError} after the time is up
   */
  async call<T>(
    signal: AbortSignal | undefined,
    use: (api: ResourceApi) => Promise<T>,
    accept?: string,
  ): Promise<T> {
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const bounded = signal ? AbortSignal.any([signal, timeout]) : timeout;
    try {
      return await this.#calls.run({ signal: bounded, accept }, () =>
        use(this.#api),
      );
    } catch (error) {
      signal?.throwIfAborted();
      throw timeout.aborted ? new SilenceError(this.#timeoutMs) : error;
    }
  }
}
