import { Freshness, InstanceSource } from './ObservedInstance';

/**
 * Instances of a platform that cannot be used: nothing is known of them, which
 * is not to say that there are none. The catalog keeps what it has, since the
 * platform still has a provider there.
 */
export class InertSource implements InstanceSource {
  readonly platform: string;
  readonly #error: Error;

  constructor(platform: string, error: Error) {
    this.platform = platform;
    this.#error = error;
  }

  get(): undefined {}

  list(): [] {
    return [];
  }

  freshness(): Freshness {
    return { complete: false, error: this.#error };
  }

  unreadable(): [] {
    return [];
  }

  subscribe(): () => void {
    return () => undefined;
  }
}
