import fc from 'fast-check';
import { InstanceNames, instanceNames, MAX_NAME_LENGTH } from './names';
import { checkInstanceName } from './validation';

const validName = fc
  .stringMatching(/^[a-z][a-z0-9-]{0,39}$/)
  .filter(name => checkInstanceName(name) === undefined);

/** Every name that is looked up in one space of an outside system. */
const spaces = (names: InstanceNames): Record<string, string[]> => ({
  kubernetesNamespaces: [names.namespace],
  databasesAndRoles: [
    names.trackingDatabase,
    names.authDatabase,
    names.databaseRole,
  ],
  buckets: [names.bucket],
  bucketUsers: [names.bucketUser],
  clients: [
    names.client,
    names.cliClient,
    names.readerClient,
    names.provisionerClient,
  ],
  groups: [names.adminGroup, names.userGroup],
});

const all = (names: InstanceNames) =>
  new Set(
    Object.values(spaces(names))
      .flat()
      .map(name => name.replace(/_/g, '-')),
  );

describe('instanceNames', () => {
  it('gives the instance mlflow the names of the hand-run original', () => {
    expect(instanceNames('mlflow')).toMatchObject({
      namespace: 'mlflow',
      release: 'mlflow',
      trackingDatabase: 'mlflow',
      authDatabase: 'mlflow_auth',
      databaseRole: 'mlflow',
      bucket: 'mlflow',
      client: 'mlflow',
      adminGroup: 'mlflow-admins',
      userGroup: 'mlflow-users',
    });
  });

  it('never gives two instances one name, over all kinds together', () => {
    fc.assert(
      fc.property(validName, validName, (one, other) => {
        fc.pre(one !== other);
        const taken = all(instanceNames(one));
        for (const name of all(instanceNames(other))) {
          expect(taken.has(name)).toBe(false);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves no derived name to an instance of another name', () => {
    fc.assert(
      fc.property(validName, one => {
        for (const taken of all(instanceNames(one))) {
          const other = taken.replace(/^mlflow-/, '');
          expect(other === one || checkInstanceName(other) !== undefined).toBe(
            true,
          );
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the kinds of one instance apart', () => {
    fc.assert(
      fc.property(validName, name => {
        for (const space of Object.values(spaces(instanceNames(name)))) {
          // A role has the name of its database: PostgreSQL keeps them apart.
          const role = instanceNames(name).databaseRole;
          const distinct = space.filter(
            (found, index) => found !== role || index === 0,
          );
          expect(new Set(distinct).size).toBe(distinct.length);
        }
      }),
    );
  });

  it.each([
    ['x', 'x-auth'],
    ['mlflow', 'auth'],
    ['mlflow', 'admins'],
    ['x', 'x-reader'],
    ['x', 'x-cli'],
  ])('refuses the name that would collide: %s and %s', (_one, other) => {
    expect(checkInstanceName(other)).toMatch(/must not end|reserved/);
  });

  it('fits every limit without cutting', () => {
    const names = instanceNames('x'.repeat(MAX_NAME_LENGTH));
    for (const name of Object.values(spaces(names)).flat()) {
      expect(name.length).toBeLessThanOrEqual(63);
    }
    expect(names.release.length).toBeLessThanOrEqual(53);
  });

  it('makes RFC 1123 labels, bucket names and plain SQL identifiers', () => {
    fc.assert(
      fc.property(validName, name => {
        const names = instanceNames(name);
        expect(names.namespace).toMatch(/^[a-z]([a-z0-9-]*[a-z0-9])?$/);
        expect(names.bucket).toMatch(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
        expect(names.authDatabase).toMatch(/^[a-z][a-z0-9_]*$/);
        // What the admission policy of the cluster lets the portal make.
        expect(names.namespace).toMatch(/^mlflow(-[a-z0-9-]+)?$/);
        for (const id of spaces(names).clients.concat(spaces(names).groups)) {
          expect(id).toMatch(/^[a-z0-9-]+$/);
        }
      }),
    );
  });
});
