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

/**
 * The object API of a cluster, each request of which ends with the caller's
 * signal or after 30 s. The library itself takes no signal.
 */
export class BoundedApi {
  readonly #signals = new AsyncLocalStorage<AbortSignal | undefined>();
  readonly #api: KubernetesObjectApi;

  constructor(kubeConfig: KubeConfig) {
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
              const timeout = AbortSignal.timeout(TIMEOUT_MS);
              const signal = this.#signals.getStore();
              request.setSignal(
                signal ? AbortSignal.any([signal, timeout]) : timeout,
              );
              return request;
            },
            post: async response => response,
          },
        ],
      }),
    );
  }

  /** Calls the API; its requests end with the signal. */
  async call<T>(
    signal: AbortSignal | undefined,
    use: (api: KubernetesObjectApi) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    return this.#signals.run(signal, () => use(this.#api));
  }
}
