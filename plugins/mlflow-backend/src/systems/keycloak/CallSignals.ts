import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent } from 'undici';

/**
 * Ends the requests of a call with the caller's signal. Keycloak's admin client
 * takes no signal for a call; it reads its request options for each of them.
 */
export class CallSignals {
  readonly #callers = new AsyncLocalStorage<AbortSignal>();

  /** Whatever is requested within ends with the signal. */
  run<T>(signal: AbortSignal, use: () => Promise<T>): Promise<T> {
    return this.#callers.run(signal, use);
  }

  /**
   * Options for the admin client, which must have no `timeout` of its own.
   *
   * @param requestMs - how long an answer may take
   */
  requestOptions(
    dispatcher: Agent,
    requestMs: number,
  ): RequestInit & { dispatcher: Agent } {
    const callers = this.#callers;
    return {
      dispatcher,
      get signal() {
        const caller = callers.getStore();
        const timeout = AbortSignal.timeout(requestMs);
        return caller ? AbortSignal.any([caller, timeout]) : timeout;
      },
    };
  }
}
