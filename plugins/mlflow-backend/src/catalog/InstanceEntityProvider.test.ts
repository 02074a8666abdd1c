import {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { mockServices } from '@backstage/backend-test-utils';
import { testRecord, TestSource } from '../__testUtils__/instances';
import { InstanceEntityProvider } from './InstanceEntityProvider';

/** What a catalog was told, in short. */
type Told = { full: string[] } | { added: string[]; removed: string[] };

/** A catalog that writes down what it is told, and refuses when it should. */
class Ledger implements EntityProviderConnection {
  readonly told: Told[] = [];
  refusals = 0;

  async applyMutation(mutation: EntityProviderMutation): Promise<void> {
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw new Error('no database');
    }
    const names = (entities: { entity: { metadata: { name: string } } }[]) =>
      entities.map(({ entity }) => entity.metadata.name);
    this.told.push(
      mutation.type === 'full'
        ? { full: names(mutation.entities) }
        : {
            added: names(mutation.added),
            removed: mutation.removed.map(item =>
              'entityRef' in item ? item.entityRef : item.entity.metadata.name,
            ),
          },
    );
  }

  async refresh(): Promise<void> {}
}

const settled = () => new Promise(resolve => setTimeout(resolve, 20));

async function connect(source: TestSource, catalog = new Ledger()) {
  const provider = new InstanceEntityProvider(source, {
    logger: mockServices.logger.mock(),
    retryMs: 1,
  });
  await provider.connect(catalog);
  await settled();
  return catalog;
}

const a = testRecord({ name: 'a' });
const b = testRecord({ name: 'b' });

describe('InstanceEntityProvider', () => {
  it('tells all after a complete list, then what changes', async () => {
    const source = new TestSource();
    const catalog = await connect(source);
    expect(catalog.told).toEqual([]);

    source.listed(a);
    await settled();
    source.changed(b);
    await settled();
    source.deleted('a');
    await settled();

    expect(catalog.told).toEqual([
      { full: ['mlflow-a.lab'] },
      { added: ['mlflow-b.lab'], removed: [] },
      { added: [], removed: ['component:default/mlflow-a.lab'] },
    ]);
  });

  it('tells at once what was listed before it was connected', async () => {
    const catalog = await connect(new TestSource().listed(a));

    expect(catalog.told).toEqual([{ full: ['mlflow-a.lab'] }]);
  });

  it('deletes nothing when the cluster was never reached', async () => {
    const source = new TestSource();
    const catalog = await connect(source);

    source.failed(new Error('connection refused'));
    await settled();

    expect(catalog.told).toEqual([]);
  });

  it('deletes nothing when the watch breaks', async () => {
    const source = new TestSource().listed(a);
    const catalog = await connect(source);

    source.failed(new Error('connection reset'));
    await settled();

    expect(catalog.told).toHaveLength(1);
  });

  it('deletes all when a complete list is empty', async () => {
    const source = new TestSource().listed(a);
    const catalog = await connect(source);

    source.listed();
    await settled();

    expect(catalog.told.at(-1)).toEqual({ full: [] });
  });

  it('keeps an instance whose record cannot be read', async () => {
    const source = new TestSource();
    source.broken.add('b');
    const catalog = await connect(source);

    source.listed(a);
    await settled();

    expect(catalog.told).toEqual([{ added: ['mlflow-a.lab'], removed: [] }]);
  });

  it('tells again what the catalog did not take', async () => {
    const source = new TestSource();
    const catalog = new Ledger();
    await connect(source, catalog);
    catalog.refusals = 2;

    source.listed(a);
    await settled();

    expect(catalog.told).toEqual([{ full: ['mlflow-a.lab'] }]);
  });

  it('keeps two platforms apart', async () => {
    const lab = new TestSource('lab');
    const prod = new TestSource('prod');
    const inLab = await connect(lab);
    const inProd = await connect(prod);

    lab.listed(a);
    prod.listed(testRecord({ name: 'a', platform: 'prod' }));
    lab.listed();
    await settled();

    expect(inLab.told.at(-1)).toEqual({ full: [] });
    expect(inProd.told).toEqual([{ full: ['mlflow-a.prod'] }]);
    const names = [lab, prod].map(source =>
      new InstanceEntityProvider(source, {
        logger: mockServices.logger.mock(),
      }).getProviderName(),
    );
    expect(new Set(names).size).toBe(2);
  });
});
