import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DeferredEntity,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { InstanceSource, ObservedInstance } from '../watch/ObservedInstance';
import { instanceEntityRef, toEntity } from './entity';

/** What the catalog has to be told. */
type Pending = { all: boolean; names: Set<string> };

/**
 * Gives the instances of one platform to the catalog: all of them after each
 * complete list of the records, one of them when its record changes. Whatever
 * else happens to the cluster or its watch deletes nothing.
 */
export class InstanceEntityProvider implements EntityProvider {
  readonly #source: InstanceSource;
  readonly #logger: LoggerService;
  readonly #retryMs: number;
  #pending: Pending = { all: false, names: new Set() };
  #working = false;

  /** @param options - `retryMs`: wait after the catalog refused, in ms */
  constructor(
    source: InstanceSource,
    options: { logger: LoggerService; retryMs?: number },
  ) {
    this.#source = source;
    this.#logger = options.logger;
    this.#retryMs = options.retryMs ?? 5_000;
  }

  getProviderName(): string {
    return `mlflow-instances:${this.#source.platform}`;
  }

  /** Returns at once and never rejects: the platform may be out of reach. */
  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#source.subscribe({
      onList: () => {
        this.#pending.all = true;
        this.#work(connection);
      },
      onRecord: name => {
        this.#pending.names.add(name);
        this.#work(connection);
      },
    });
    if (this.#source.freshness().complete) {
      this.#pending.all = true;
      this.#work(connection);
    }
  }

  #work(connection: EntityProviderConnection): void {
    if (!this.#working) {
      this.#working = true;
      this.#drain(connection).catch(error => {
        this.#logger.error(`${this.getProviderName()} ended`, error);
      });
    }
  }

  /** One mutation after the other, in the order of what happened. */
  async #drain(connection: EntityProviderConnection): Promise<void> {
    while (this.#pending.all || this.#pending.names.size > 0) {
      const taken = this.#pending;
      this.#pending = { all: false, names: new Set() };
      try {
        await this.#tell(connection, taken);
      } catch (error) {
        this.#logger.warn(
          `${this.getProviderName()}: the catalog did not take a change; it is told again in ${
            this.#retryMs
          } ms: ${error}`,
        );
        this.#pending.all ||= taken.all;
        taken.names.forEach(name => this.#pending.names.add(name));
        await sleep(this.#retryMs, undefined, { ref: false });
      }
    }
    this.#working = false;
  }

  async #tell(
    connection: EntityProviderConnection,
    { all, names }: Pending,
  ): Promise<void> {
    if (!all) {
      await connection.applyMutation(this.#delta([...names]));
    } else if (this.#source.unreadable().length === 0) {
      await connection.applyMutation({
        type: 'full',
        entities: this.#source.list().map(this.#defer),
      });
    } else {
      // Not the whole truth: an instance whose record cannot be read still
      // exists.
      await connection.applyMutation({
        type: 'delta',
        added: this.#source.list().map(this.#defer),
        removed: [],
      });
    }
  }

  #delta(names: string[]) {
    const added: DeferredEntity[] = [];
    const removed: { entityRef: string; locationKey: string }[] = [];
    for (const name of names) {
      const instance = this.#source.get(name);
      if (instance) {
        added.push(this.#defer(instance));
      } else {
        removed.push({
          entityRef: instanceEntityRef({
            platform: this.#source.platform,
            name,
          }),
          locationKey: this.getProviderName(),
        });
      }
    }
    return { type: 'delta' as const, added, removed };
  }

  readonly #defer = ({ record }: ObservedInstance): DeferredEntity => ({
    entity: toEntity(record.spec),
    locationKey: this.getProviderName(),
  });
}
