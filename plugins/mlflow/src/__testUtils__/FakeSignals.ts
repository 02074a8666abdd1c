import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';

/** Signals that a test sends itself: the real ones need a WebSocket. */
export class FakeSignals {
  /** How often anybody subscribed. */
  subscriptions = 0;
  readonly #heard = new Set<(ids: string[]) => void>();

  /** For a `TestApiProvider`. */
  readonly api: [typeof signalApiRef, SignalApi] = [
    signalApiRef,
    {
      subscribe: (_channel, onMessage) => {
        this.subscriptions += 1;
        const hear = (ids: string[]) =>
          onMessage(JSON.parse(JSON.stringify({ ids })));
        this.#heard.add(hear);
        return { unsubscribe: () => this.#heard.delete(hear) };
      },
    },
  ];

  /** How many listen now. */
  get listeners(): number {
    return this.#heard.size;
  }

  /** Tells all that these instances may have changed. */
  send(ids: string[]): void {
    this.#heard.forEach(hear => hear(ids));
  }
}
