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

/**
 * The object API of a cluster, each call of which ends with the caller's
 * signal or after 30 s. The library itself takes no signal.
 */
export class BoundedApi {
  readonly #signals = new AsyncLocalStorage<AbortSignal>();
  readonly #api: KubernetesObjectApi;
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
    this.#api = new KubernetesObjectApi(
      createConfiguration({
        baseServer: new ServerConfiguration(server, {}),
        authMethods: { default: kubeConfig },
        promiseMiddleware: [
          {
            pre: async request => {
              const signal = this.#signals.getStore();
              if (signal) {
                request.setSignal(signal);
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
   * @throws the signal's reason, or {@link SilenceError} after the time is up
   */
  async call<T>(
    signal: AbortSignal | undefined,
    use: (api: KubernetesObjectApi) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const bounded = signal ? AbortSignal.any([signal, timeout]) : timeout;
    try {
      return await this.#signals.run(bounded, () => use(this.#api));
    } catch (error) {
      signal?.throwIfAborted();
      throw timeout.aborted ? new SilenceError(this.#timeoutMs) : error;
    }
  }
}
