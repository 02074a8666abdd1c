import { ConflictError } from '@backstage/errors';

/** Lets each caller ask for one thing at a time. */
export class OneAtATime {
  readonly #busy = new Set<string>();

  /**
   * @param what - for people, for example `A login check`
   * @throws ConflictError while the caller's last question is being answered
   */
  async run<T>(
    caller: string,
    what: string,
    ask: () => Promise<T>,
  ): Promise<T> {
    if (this.#busy.has(caller)) {
      throw new ConflictError(
        `${what} of yours is still running. Wait for its answer, then ask again.`,
      );
    }
    this.#busy.add(caller);
    try {
      return await ask();
    } finally {
      this.#busy.delete(caller);
    }
  }
}
