import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** How many entities are asked for at once. */
const BATCH = 200;

interface Waiting {
  entityRef: string;
  credentials: BackstageCredentials;
  resolve: (entity: Entity | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Reads entities for users. While the catalog answers one question of a user,
 * that user's further ones wait, and are then asked together: the slower the
 * catalog, the less it is asked.
 */
export class EntityLookups {
  readonly #catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  /** Of each user who waits. */
  readonly #queues = new Map<string, Waiting[]>();

  constructor(catalog: Pick<CatalogService, 'getEntitiesByRefs'>) {
    this.#catalog = catalog;
  }

  /**
   * The entity, or undefined when the user sees none of this reference.
   *
   * @param user - whom the credentials are of; without one, nothing is put together
   */
  find(
    entityRef: string,
    credentials: BackstageCredentials,
    user: string | undefined,
  ): Promise<Entity | undefined> {
    return new Promise((resolve, reject) => {
      const waiting = { entityRef, credentials, resolve, reject };
      const queue = user === undefined ? undefined : this.#queues.get(user);
      if (queue) {
        queue.push(waiting);
      } else {
        this.#work(user, [waiting]);
      }
    });
  }

  async #work(user: string | undefined, queue: Waiting[]): Promise<void> {
    if (user !== undefined) {
      this.#queues.set(user, queue);
    }
    while (queue.length > 0) {
      await this.#ask(queue.splice(0, BATCH));
    }
    if (user !== undefined) {
      this.#queues.delete(user);
    }
  }

  async #ask(batch: Waiting[]): Promise<void> {
    // The newest token is the one that lasts longest.
    const [{ credentials }] = batch.slice(-1);
    try {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: batch.map(({ entityRef }) => entityRef) },
        { credentials },
      );
      batch.forEach(({ resolve }, index) => resolve(items[index]));
    } catch (error) {
      batch.forEach(({ reject }) => reject(error));
    }
  }
}
