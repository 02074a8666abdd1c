import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** How many entities are asked for in one question. */
const BATCH = 200;

/** How many questions of one user are under way. */
const AT_ONCE = 2;

interface Waiting {
  entityRef: string;
  credentials: BackstageCredentials;
  resolve: (entity: Entity | undefined) => void;
  reject: (error: unknown) => void;
}

interface Queue {
  waiting: Waiting[];
  underWay: number;
}

/**
 * Reads entities for users. While the catalog answers some questions of a user,
 * that user's further ones wait, and are then asked together: the slower the
 * catalog, the less it is asked.
 */
export class EntityLookups {
  readonly #catalog: Pick<CatalogService, 'getEntitiesByRefs'>;
  /** Of each user who waits. */
  readonly #queues = new Map<string, Queue>();

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
      const one = { entityRef, credentials, resolve, reject };
      if (user === undefined) {
        this.#ask([one]);
      } else {
        this.#enqueue(user, one);
      }
    });
  }

  #enqueue(user: string, one: Waiting): void {
    const queue = this.#queues.get(user) ?? { waiting: [], underWay: 0 };
    this.#queues.set(user, queue);
    queue.waiting.push(one);
    if (queue.underWay < AT_ONCE) {
      this.#work(user, queue);
    }
  }

  async #work(user: string, queue: Queue): Promise<void> {
    queue.underWay += 1;
    while (queue.waiting.length > 0) {
      await this.#ask(queue.waiting.splice(0, BATCH));
    }
    queue.underWay -= 1;
    if (queue.underWay === 0) {
      this.#queues.delete(user);
    }
  }

  /** Never rejects. */
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
