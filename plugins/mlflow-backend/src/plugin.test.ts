import request from 'supertest';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import permissionBackend from '@backstage/plugin-permission-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import policyModule from '../dev/policyModule';
import { toEntity } from './catalog/entity';
import { instanceSourcesRef } from './watch/InstanceSources';
import { platformsServiceRef } from './platform/PlatformsService';
import { mlflowPlugin } from './plugin';
import { testRecord, TestSource, testSources } from './__testUtils__/instances';
import { testPlatformConfig } from './__testUtils__/platformConfig';
import { testPlatforms } from './__testUtils__/platforms';

const TEAM_A = testRecord({ name: 'a', platform: 'test' });
const TEAM_B = testRecord({
  name: 'b',
  platform: 'test',
  owner: 'group:default/team-b',
});

const GROUPS: Record<string, string[]> = {
  'user:default/member': ['user:default/member', 'group:default/team-a'],
  'user:default/outsider': ['user:default/outsider'],
  'user:default/admin': ['user:default/admin', 'group:default/platform'],
};

/** The mock forgets who acts for a user, which the permission backend asks. */
const auth = createServiceFactory({
  service: coreServices.auth,
  deps: { plugin: coreServices.pluginMetadata },
  factory({ plugin }) {
    const pluginId = plugin.getId();
    const service = mockServices.auth({ pluginId });
    const issue = service.getPluginRequestToken.bind(service);
    service.getPluginRequestToken = async options =>
      service.isPrincipal(options.onBehalfOf, 'user')
        ? {
            token: mockCredentials.user.token(
              options.onBehalfOf.principal.userEntityRef,
              { actor: { subject: `plugin:${pluginId}` } },
            ),
          }
        : issue(options);
    return service;
  },
});

/**
 * The plugin with the real permission backend and the demo's policy, so that
 * conditions go all the way: policy, permission backend, resources, rules.
 */
async function start() {
  const source = new TestSource('test').listed(TEAM_A, TEAM_B);
  const { server } = await startTestBackend({
    features: [
      mlflowPlugin,
      auth,
      permissionBackend,
      policyModule,
      mockServices.rootConfig.factory({
        data: { permission: { enabled: true } },
      }),
      mockServices.permissions.factory(),
      mockServices.userInfo.mock({
        getUserInfo: async credentials => {
          const { principal } = Object(credentials);
          return {
            userEntityRef: principal.userEntityRef,
            ownershipEntityRefs: GROUPS[principal.userEntityRef] ?? [],
          };
        },
      }).factory,
      catalogServiceMock.factory({
        entities: [TEAM_A, TEAM_B].map(({ spec }) => toEntity(spec)),
      }),
      createServiceFactory({
        service: instanceSourcesRef,
        deps: {},
        factory: () => testSources(source),
      }),
      createServiceFactory({
        service: platformsServiceRef,
        deps: {},
        factory: () =>
          testPlatforms(mockServices.logger.mock(), testPlatformConfig()),
      }),
    ],
  });
  return (user: string, path: string) =>
    request(server)
      .get(`/api/mlflow/v1/${path}`)
      .set(
        'Authorization',
        mockCredentials.user.header(`user:default/${user}`),
      );
}

const status = (name: string) =>
  `entity/default/component/mlflow-${name}.test/status`;

describe('the plugin under the policy of the demo', () => {
  it.each(['member', 'outsider', 'admin'])(
    'lists to the %s how all instances are',
    async user => {
      const get = await start();
      const { body } = await get(user, 'instances').expect(200);
      const names = body.items.map(({ name }: { name: string }) => name);
      expect(names).toEqual(['a', 'b']);
    },
  );

  it.each([
    ['member', 'a', 200],
    ['outsider', 'a', 200],
    ['admin', 'b', 200],
    ['admin', 'c', 404],
  ])('answers the %s about %s with %d', async (user, name, expected) => {
    const get = await start();
    const response = await get(user, status(name));
    expect(response.status).toBe(expected);
  });

  it.each([
    [
      'member',
      {
        any: false,
        owners: ['group:default/team-a'],
        instanceGroups: [],
      },
    ],
    [
      'admin',
      {
        any: true,
        owners: ['group:default/platform'],
        instanceGroups: [
          'mlflow-a-admins',
          'mlflow-a-users',
          'mlflow-b-admins',
          'mlflow-b-users',
        ],
      },
    ],
  ])('tells the %s for whom it may own', async (user, expected) => {
    const get = await start();
    const { body } = await get(user, 'owners').expect(200);
    expect(body).toEqual(expected);
  });
});

describe('the plugin without any platform', () => {
  it('is idle', async () => {
    const { server } = await startTestBackend({
      features: [mlflowPlugin, catalogServiceMock.factory()],
    });
    const platforms = await request(server).get('/api/mlflow/v1/platforms');
    const instances = await request(server).get('/api/mlflow/v1/instances');
    expect(platforms.body).toEqual([]);
    expect(instances.body).toEqual({ items: [] });
  });

  it('starts with a platform that is described wrongly or out of reach', async () => {
    const { server } = await startTestBackend({
      features: [
        mlflowPlugin,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({
          data: {
            mlflow: {
              platforms: {
                wrong: { domains: [] },
                away: {
                  domains: ['example.com'],
                  kubernetes: { server: 'https://127.0.0.1:1', token: 't' },
                  image: {},
                  postgres: { host: 'h', user: 'u', password: 'p' },
                  objectStore: {
                    endpoint: 'https://s3.example.com',
                    accessKeyId: 'a',
                    secretAccessKey: 's',
                  },
                  keycloak: {
                    url: 'https://auth.example.com',
                    realm: 'r',
                    clientId: 'c',
                    clientSecret: 's',
                  },
                },
              },
            },
          },
        }),
      ],
    });

    const { body } = await request(server)
      .get('/api/mlflow/v1/platforms')
      .expect(200);

    expect(body).toMatchObject([
      { name: 'wrong', ready: false },
      { name: 'away', ready: false },
    ]);
  });

  it.each([
    ['a list', [{ name: 'lab' }]],
    ['a text', 'lab'],
    ['wrong keys', { 'eu.west': 'lab', '1st': {}, 'a b': [] }],
  ])('starts with %s for platforms', async (_, platforms) => {
    const logger = mockServices.rootLogger.mock();
    logger.child.mockReturnValue(logger);
    const { server } = await startTestBackend({
      features: [
        mlflowPlugin,
        catalogServiceMock.factory(),
        logger.factory,
        mockServices.rootConfig.factory({ data: { mlflow: { platforms } } }),
      ],
    });

    const { body } = await request(server)
      .get('/api/mlflow/v1/platforms')
      .expect(200);

    const keys =
      Array.isArray(platforms) || typeof platforms === 'string'
        ? []
        : Object.keys(platforms);
    expect(body.map(({ name }: { name: string }) => name)).toEqual(keys);
    const errors = logger.error.mock.calls.map(([text]) => text);
    expect(errors).toHaveLength(keys.length || 1);
    expect(errors.join()).toContain('mlflow.platforms');
  });

  it('starts when there is a text in place of all of its configuration', async () => {
    const { server } = await startTestBackend({
      features: [
        mlflowPlugin,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({ data: { mlflow: 'lab' } }),
      ],
    });

    const { body } = await request(server)
      .get('/api/mlflow/v1/platforms')
      .expect(200);

    expect(body).toEqual([]);
  });
});
