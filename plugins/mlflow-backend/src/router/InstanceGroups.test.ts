import { Entity } from '@backstage/catalog-model';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  testRecord,
  TestSource,
  testSources,
} from '../__testUtils__/instances';
import { unreachablePlatformConfig } from '../__testUtils__/platformConfig';
import { testPlatforms } from '../__testUtils__/platforms';
import { SILENT, sandboxPlatform } from '../__testUtils__/stepContext';
import { PlatformsService } from '../platform/PlatformsService';
import {
  createGroup,
  deleteGroup,
  findGroups,
} from '../systems/keycloak/groups';
import { groupsOfInstances, InstanceGroups } from './InstanceGroups';

const group = (name: string, id: string, mark?: string) => ({ name, id, mark });

describe('groupsOfInstances', () => {
  const gone = group('mlflow-gone-users', '1');

  it('are marked, by whatever platform', () => {
    const groups = [
      group('mlflow-a-users', 'a', 'here/1'),
      group('mlflow-b-users', 'b', 'elsewhere/2'),
      group('mlflow-c-users', 'c'),
    ];
    expect(groupsOfInstances({ groups, complete: true }, groups)).toEqual(
      expect.arrayContaining(['mlflow-a-users', 'mlflow-b-users']),
    );
    expect(groupsOfInstances({ groups, complete: true }, groups)).not.toContain(
      'mlflow-c-users',
    );
  });

  it('are known under the name that the catalog gave them', () => {
    const groups = [group('mlflow-a-users', 'a', 'here/1')];
    expect(
      groupsOfInstances({ groups, complete: true }, [group('renamed', 'a')]),
    ).toContain('renamed');
  });

  it('may be gone from Keycloak already', () => {
    const team = group('team-gone', '2');
    expect(
      groupsOfInstances({ groups: [], complete: true }, [gone, team]),
    ).toEqual(['mlflow-gone-users']);
  });

  it('are not gone where Keycloak has more than was read', () => {
    expect(groupsOfInstances({ groups: [], complete: false }, [gone])).toEqual(
      [],
    );
  });
});

describe('InstanceGroups', () => {
  const auth = mockServices.auth();
  const sources = testSources(
    new TestSource('test').listed(testRecord({ name: 'mine' })),
  );
  const ofRecords = ['mlflow-mine-admins', 'mlflow-mine-users'];

  const imported = (name: string, id: string, realm: string): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name,
      annotations: { 'keycloak.org/id': id, 'keycloak.org/realm': realm },
    },
  });

  it('knows those of another portal and of an instance that was removed', async () => {
    const platform = sandboxPlatform();
    const { keycloak } = platform;
    const signal = AbortSignal.timeout(60_000);
    const name = `mlflow-elsewhere-${process.pid}-users`;
    await createGroup(keycloak, name, 'elsewhere/other', signal);
    const platforms: PlatformsService = {
      list: () => [{ name: platform.name, platform }],
      get: () => platform,
    };
    const catalog = catalogServiceMock({
      entities: [
        imported('mlflow-gone-users', 'gone', keycloak.realm),
        imported('mlflow-other-users', 'gone', 'another-realm'),
      ],
    });
    try {
      const groups = new InstanceGroups(
        { auth, catalog, platforms, sources },
        { askMs: 30_000 },
      );
      const names = [...(await groups.names())];
      expect(names).toEqual(
        expect.arrayContaining([...ofRecords, name, 'mlflow-gone-users']),
      );
      expect(names).not.toContain('mlflow-other-users');
    } finally {
      for (const found of await findGroups(keycloak, name, signal)) {
        await deleteGroup(keycloak, found, signal);
      }
      await platform.close();
    }
  });

  it('knows those of the records when Keycloak is away, and asks once', async () => {
    const catalog = catalogServiceMock.mock({
      getEntities: jest.fn(async () => ({ items: [] })),
    });
    const groups = new InstanceGroups({
      auth,
      catalog,
      platforms: testPlatforms(SILENT, unreachablePlatformConfig()),
      sources,
    });
    expect([...(await groups.names())]).toEqual(ofRecords);
    expect([...(await groups.names())]).toEqual(ofRecords);
    expect(catalog.getEntities).toHaveBeenCalledTimes(1);
  });
});
