import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import {
  InstanceReference,
  InstancesSignal,
  MLFLOW_INSTANCES_CHANNEL,
  stringifyInstanceReference,
} from 'backstage-plugin-mlflow-common';
import { InstanceSources } from './InstanceSources';
import { InstanceSource } from './ObservedInstance';

/** Milliseconds between two messages at least. */
const EVERY_MS = 1_000;

/**
 * Tells open pages that the status of some instances may have changed: at once,
 * then not more often than each second. Nobody needs to listen, and a portal
 * without the signals plugin has nobody who does.
 */
export class InstanceSignals {
  readonly #signals: SignalsService;
  readonly #sources: InstanceSources;
  readonly #logger: LoggerService;
  readonly #everyMs: number;
  /** Ids by reference: that of a deleted instance is not to be had any more. */
  readonly #ids = new Map<string, string>();
  readonly #changed = new Set<string>();
  #ends: (() => void)[] = [];
  #timer?: ReturnType<typeof setTimeout>;
  #sentAt = 0;

  /** @param options - `everyMs`: milliseconds between two messages at least */
  constructor(options: {
    signals: SignalsService;
    sources: InstanceSources;
    logger: LoggerService;
    everyMs?: number;
  }) {
    this.#signals = options.signals;
    this.#sources = options.sources;
    this.#logger = options.logger;
    this.#everyMs = options.everyMs ?? EVERY_MS;
  }

  /** Follows what the watches see. */
  start(): void {
    this.#ends = this.#sources.list().map(source => {
      const { platform } = source;
      const one = (name: string) => this.announce({ platform, name });
      const all = () => this.#announceAll(source);
      return source.subscribe({
        onList: all,
        onRecord: one,
        onWorkload: one,
        onSight: all,
      });
    });
  }

  stop(): void {
    this.#ends.forEach(end => end());
    clearTimeout(this.#timer);
  }

  /** Something about this instance is not as it was. */
  announce(ref: InstanceReference): void {
    const key = stringifyInstanceReference(ref);
    const before = this.#ids.get(key);
    const now = this.#sources.get(ref.platform)?.get(ref.name)?.record.id;
    if (now === undefined) {
      this.#ids.delete(key);
    } else {
      this.#ids.set(key, now);
    }
    for (const id of [before, now]) {
      if (id !== undefined) {
        this.#changed.add(id);
      }
    }
    this.#plan();
  }

  #announceAll(source: InstanceSource): void {
    const { platform } = source;
    const prefix = stringifyInstanceReference({ platform, name: '' });
    const known = [...this.#ids.keys()]
      .filter(key => key.startsWith(prefix))
      .map(key => key.slice(prefix.length));
    const listed = source.list().map(({ record }) => record.spec.name);
    new Set([...known, ...listed]).forEach(name =>
      this.announce({ platform, name }),
    );
  }

  #plan(): void {
    if (this.#changed.size === 0 || this.#timer) {
      return;
    }
    const wait = Math.max(0, this.#sentAt + this.#everyMs - Date.now());
    this.#timer = setTimeout(() => this.#send(), wait);
    this.#timer.unref();
  }

  #send(): void {
    const message: InstancesSignal = { ids: [...this.#changed] };
    this.#changed.clear();
    this.#timer = undefined;
    this.#sentAt = Date.now();
    this.#signals
      .publish({
        recipients: { type: 'broadcast' },
        channel: MLFLOW_INSTANCES_CHANNEL,
        message,
      })
      .catch(error =>
        this.#logger.debug(
          `Open pages could not be told of ${message.ids.length} instances; they look by themselves: ${error}`,
        ),
      );
  }
}
