import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { EntityLookups } from './EntityLookups';

const entityOf = (name: string): Entity => ({
  apiVersion: 'v1',
  kind: 'Component',
  metadata: { name },
});

/** A catalog that answers when the test says so. */
class SlowCatalog {
  readonly asked: string[][] = [];
  readonly #answers: (() => void)[] = [];
  broken = false;

  getEntitiesByRefs({ entityRefs }: { entityRefs: string[] }) {
    this.asked.push(entityRefs);
    const items = entityRefs.map(ref =>
      ref === 'hidden' ? undefined : entityOf(ref),
    );
    return new Promise<{ items: (Entity | undefined)[] }>((resolve, reject) => {
      this.#answers.push(() =>
        this.broken ? reject(new Error('down')) : resolve({ items }),
      );
    });
  }

  async answer(): Promise<void> {
    this.#answers.splice(0).forEach(answer => answer());
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('EntityLookups', () => {
  const credentials = mockCredentials.user();
  let catalog: SlowCatalog;
  let lookups: EntityLookups;
  const find = (ref: string, user: string | undefined = 'user:default/one') =>
    lookups.find(ref, credentials, user);
  const names = async (found: Promise<Entity | undefined>[]) =>
    (await Promise.all(found)).map(entity => entity?.metadata.name);

  beforeEach(() => {
    catalog = new SlowCatalog();
    lookups = new EntityLookups(catalog);
  });

  it('asks two at once, and what comes meanwhile together', async () => {
    const found = ['a', 'b', 'c', 'hidden', 'd'].map(ref => find(ref));
    expect(catalog.asked).toEqual([['a'], ['b']]);
    await catalog.answer();
    expect(catalog.asked).toEqual([['a'], ['b'], ['c', 'hidden', 'd']]);
    await catalog.answer();
    expect(await names(found)).toEqual(['a', 'b', 'c', undefined, 'd']);

    find('e');
    expect(catalog.asked.slice(3)).toEqual([['e']]);
  });

  it('does not keep one waiting for another, nor a service for itself', () => {
    find('a', 'user:default/one');
    find('b', 'user:default/two');
    lookups.find('c', credentials, undefined);
    lookups.find('d', credentials, undefined);
    expect(catalog.asked).toEqual([['a'], ['b'], ['c'], ['d']]);
  });

  it('goes on after an error', async () => {
    catalog.broken = true;
    const failed = Promise.allSettled(['a', 'b', 'c'].map(ref => find(ref)));
    await catalog.answer();
    await catalog.answer();
    expect((await failed).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'rejected',
    ]);
    catalog.broken = false;
    const later = find('d');
    await catalog.answer();
    expect(await names([later])).toEqual(['d']);
  });
});
