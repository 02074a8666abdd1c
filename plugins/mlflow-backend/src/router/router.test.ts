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
import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { mlflowInstanceReadPermission } from 'backstage-plugin-mlflow-common';
import { toEntity } from '../catalog/entity';
import { instanceSourcesRef } from '../watch/InstanceSources';
import { InstanceRecord } from '../instances/InstanceRecord';
import {
  createMlflowInstanceConditionalDecision,
  mlflowInstanceConditions,
} from '../permissions';
import { platformsServiceRef } from '../platform/PlatformsService';
import { mlflowPlugin } from '../plugin';
import {
  testRecord,
  TestSource,
  testSources,
} from '../__testUtils__/instances';
import { testPlatformConfig } from '../__testUtils__/platformConfig';
import { testPlatforms } from '../__testUtils__/platforms';
import { Answer, PolicyFake } from '../__testUtils__/PolicyFake';

const mine = testRecord({ name: 'mine', platform: 'test' });
const theirs = testRecord({
  name: 'theirs',
  platform: 'test',
  owner: 'group:default/team-b',
});

const onlyTeamA = createMlflowInstanceConditionalDecision(
  mlflowInstanceReadPermission,
  mlflowInstanceConditions.isOwner({ owners: ['group:default/team-a'] }),
);

const allow: Answer = () => AuthorizeResult.ALLOW;
const deny: Answer = () => AuthorizeResult.DENY;

async function start(
  options: {
    answer?: Answer;
    source?: TestSource;
    entities?: Entity[];
    catalog?: CatalogService;
  } = {},
) {
  const source = options.source ?? new TestSource('test').listed(mine, theirs);
  const broken = { name: 'broken', error: new InputError('no domains') };
  const { server } = await startTestBackend({
    features: [
      mlflowPlugin,
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () =>
          options.catalog ??
          catalogServiceMock({
            entities:
              options.entities ?? [mine, theirs].map(r => toEntity(r.spec)),
          }),
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
          testPlatforms(
            mockServices.logger.mock(),
            testPlatformConfig(),
            broken,
          ),
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => new PolicyFake(options.answer ?? allow),
      }),
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: 'user:default/mock',
          ownershipEntityRefs: [
            'user:default/mock',
            'group:default/team-a',
            'group:default/mlflow-mine-users',
            'group:default/mlflow-gone-users',
          ],
        }),
      }).factory,
    ],
  });
  const get = (path: string) => request(server).get(`/api/mlflow/v1/${path}`);
  return {
    get,
    code: async (path: string) => (await get(path)).status,
    as: (user: string, path: string) =>
      get(path).set('Authorization', mockCredentials.user.header(user)),
    anonymous: (path: string) =>
      request(server)
        .get(`/api/mlflow/v1/${path}`)
        .set('Authorization', mockCredentials.none.header()),
  };
}

const statusOf = (entity: Entity) =>
  `entity/default/${entity.kind.toLowerCase()}/${entity.metadata.name}/status`;

const routes = [
  'instances',
  statusOf(toEntity(mine.spec)),
  'platforms',
  'platforms/test/names/free',
  'platforms/test/hosts/free.example.com',
  'owners',
];

describe('every route', () => {
  it.each(routes)('wants to know who asks: %s', async route => {
    const { anonymous } = await start();
    const { status } = await anonymous(route);
    expect(status).toBe(401);
  });

  it.each(routes)('refuses a user without permission: %s', async route => {
    const { get } = await start({ answer: deny });
    const { body } = await get(route).expect(403);
    expect(body.error.message).toMatch(/You lack the permission mlflow\./);
  });

  it('answers nothing but what the document names', async () => {
    const { code } = await start();
    expect(await code('secrets')).toBe(404);
  });
});

describe('GET /v1/instances', () => {
  it('lists what the conditions let through', async () => {
    const { get } = await start({ answer: () => onlyTeamA });

    const { body } = await get('instances').expect(200);

    expect(body.items).toHaveLength(1);
    expect(body.items[0]).toMatchObject({
      platform: 'test',
      name: 'mine',
      phase: 'Ready',
    });
  });

  it('lists all to who may read all', async () => {
    const { get } = await start();
    const { body } = await get('instances').expect(200);
    expect(body.items.map((item: { name: string }) => item.name)).toEqual([
      'mine',
      'theirs',
    ]);
  });
});

describe('GET /v1/entity/…/status', () => {
  const route = statusOf(toEntity(mine.spec));

  it('tells the status', async () => {
    const { get } = await start();
    const { body } = await get(route).expect(200);
    expect(body).toMatchObject({ name: 'mine', phase: 'Ready' });
  });

  it('applies the conditions of the policy to the record', async () => {
    const { code, get } = await start({ answer: () => onlyTeamA });
    expect(await code(route)).toBe(200);
    const { body } = await get(statusOf(toEntity(theirs.spec))).expect(403);
    expect(body.error.message).toMatch(/mlflow.instance.read on test\/theirs/);
  });

  it('believes for some seconds what the policy said, of this user alone', async () => {
    const asked: string[] = [];
    const { code, as } = await start({
      answer: permission => {
        asked.push(permission);
        return AuthorizeResult.ALLOW;
      },
    });
    for (const path of [route, route, statusOf(toEntity(theirs.spec))]) {
      expect(await code(path)).toBe(200);
    }
    expect(asked).toEqual(['mlflow.instance.read']);

    await as('user:default/another', route).expect(200);
    expect(asked).toHaveLength(2);
  });

  it('asks the catalog again after some seconds, and keeps no refusal', async () => {
    const catalog = catalogServiceMock({ entities: [toEntity(mine.spec)] });
    const look = jest.spyOn(catalog, 'getEntitiesByRefs');
    const { code } = await start({ catalog });
    const clock = jest.spyOn(Date, 'now');
    const from = Date.now();
    for (const after of [0, 1_000, 4_900, 5_100]) {
      clock.mockReturnValue(from + after);
      expect(await code(route)).toBe(200);
    }
    clock.mockRestore();
    expect(look).toHaveBeenCalledTimes(2);

    const hidden = statusOf(toEntity(theirs.spec));
    expect(await code(hidden)).toBe(404);
    expect(await code(hidden)).toBe(404);
    expect(look).toHaveBeenCalledTimes(4);
  });

  it('does not know an entity that the caller cannot see', async () => {
    const { code } = await start({ entities: [] });
    expect(await code(route)).toBe(404);
  });

  it('does not know an entity without our annotation', async () => {
    const entity = toEntity(mine.spec);
    delete entity.metadata.annotations?.['mlflow.org/instance'];
    const { code } = await start({ entities: [entity] });
    expect(await code(route)).toBe(404);
  });

  it('does not fall for our annotation on an entity of others', async () => {
    const forged = toEntity(theirs.spec);
    forged.metadata.name = 'forged';
    const { code } = await start({ entities: [forged] });
    expect(await code(statusOf(forged))).toBe(404);
  });

  it('does not fall for an entity of the right name from elsewhere', async () => {
    const forged = toEntity(theirs.spec);
    forged.metadata.annotations = {
      ...forged.metadata.annotations,
      'backstage.io/managed-by-location': 'url:https://example.com/c.yaml',
    };
    const { code } = await start({ entities: [forged] });
    expect(await code(statusOf(forged))).toBe(404);
  });

  it('believes nothing that a query says', async () => {
    const { get } = await start();
    const { body } = await get(`${route}?mlflow.org%2Finstance=test%2Ftheirs`);
    expect(body.name).not.toBe('theirs');
  });

  it('says that an instance is gone', async () => {
    const source = new TestSource('test').listed(theirs);
    const { code } = await start({ source });
    expect(await code(route)).toBe(404);
  });

  it('says that the platform does not answer', async () => {
    const source = new TestSource('test');
    source.failed(new Error('connection refused'));
    const { code } = await start({ source });
    expect(await code(route)).toBe(503);
  });
});

describe('GET /v1/entity/…/metrics', () => {
  const metricsOf = (entity: Entity) =>
    statusOf(entity).replace(/status$/, 'metrics');

  it('says that the platform names no Prometheus', async () => {
    const { get } = await start();
    const { body } = await get(metricsOf(toEntity(mine.spec))).expect(200);
    expect(body).toEqual({
      state: 'notConfigured',
      message: expect.stringContaining('Platform test names no Prometheus'),
      series: [],
    });
  });

  it('applies the conditions of the policy to the record', async () => {
    const { code } = await start({ answer: () => onlyTeamA });
    expect(await code(metricsOf(toEntity(mine.spec)))).toBe(200);
    expect(await code(metricsOf(toEntity(theirs.spec)))).toBe(403);
  });
});

describe('GET /v1/platforms', () => {
  it('tells which can be used and why others cannot', async () => {
    const { get } = await start();
    const { body } = await get('platforms').expect(200);
    expect(body).toEqual([
      {
        name: 'test',
        title: 'test',
        domains: ['example.com'],
        defaultLine: '3.17',
        lines: [{ line: '3.17', mlflow: expect.any(String) }],
        ready: true,
      },
      expect.objectContaining({
        name: 'broken',
        ready: false,
        reason: expect.stringMatching(/configuration is faulty/),
      }),
    ]);
  });

  it('tells that a cluster does not answer', async () => {
    const { get } = await start({ source: new TestSource('test') });
    const { body } = await get('platforms').expect(200);
    expect(body[0]).toMatchObject({
      ready: false,
      reason: expect.stringMatching(/does not answer/),
    });
  });
});

describe('GET /v1/platforms/:platform/…', () => {
  it('explains a name that breaks the rules', async () => {
    const { get } = await start();
    const { body } = await get('platforms/test/names/x-auth').expect(200);
    expect(body).toMatchObject({ name: 'x-auth', free: false });
    expect(body.reason).toMatch(/must not end with "auth"/);
  });

  it('explains a host outside the domains', async () => {
    const { get } = await start();
    const { body } = await get('platforms/test/hosts/x.org').expect(200);
    expect(body).toMatchObject({ host: 'x.org', free: false });
    expect(body.reason).toMatch(/below example.com/);
  });

  describe('of the own instance that is not finished', () => {
    const cut = testRecord(
      { name: 'cut', platform: 'test' },
      { state: 'failed' },
    );
    const asOwner: Answer = permission =>
      permission === 'mlflow.instance.admin'
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW;
    const asked = async (
      path: string,
      record = cut,
      answer: Answer = asOwner,
    ) => {
      const source = new TestSource('test').listed(record);
      const { get } = await start({ source, answer });
      const { body } = await get(`platforms/test/${path}`).expect(200);
      return body;
    };

    it.each([
      ['its name', 'names/cut'],
      ['its host', 'hosts/mlflow-cut.example.com?name=cut'],
    ])('%s is free to whom it belongs', async (_, path) => {
      expect(await asked(path)).toMatchObject({ free: true, yours: true });
    });

    it('its host is not free to another name', async () => {
      const host = 'hosts/mlflow-cut.example.com';
      expect((await asked(host)).free).toBe(false);
      expect((await asked(`${host}?name=other`)).free).toBe(false);
    });

    it.each<[string, InstanceRecord, Answer]>([
      [
        'it is finished',
        testRecord({ name: 'cut', platform: 'test' }),
        asOwner,
      ],
      [
        'a task is at work on it',
        testRecord(
          { name: 'cut', platform: 'test' },
          { state: 'running', aliveAt: new Date().toISOString() },
        ),
        asOwner,
      ],
      [
        'it is of another group',
        {
          ...cut,
          spec: { ...cut.spec, owner: 'group:default/team-b' },
        },
        asOwner,
      ],
      [
        'the caller may not create it',
        cut,
        (permission, resourceRef) =>
          permission === 'mlflow.instance.create' && resourceRef
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      ],
    ])('is taken when %s', async (_, record, answer) => {
      const body = await asked('names/cut', record, answer);
      expect(body).toMatchObject({ free: false });
      expect(body.yours).toBeUndefined();
    });
  });

  it('does not know other platforms', async () => {
    const { code } = await start();
    expect(await code('platforms/nowhere/names/x')).toBe(404);
    expect(await code('platforms/nowhere/hosts/x.example.com')).toBe(404);
  });
});

describe('GET /v1/owners', () => {
  it('tells the groups of the caller, and not those of instances', async () => {
    const { get } = await start({
      answer: permission =>
        permission === 'mlflow.instance.admin'
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    });
    const { body } = await get('owners').expect(200);
    expect(body).toEqual({
      any: false,
      owners: ['group:default/team-a', 'group:default/mlflow-gone-users'],
      instanceGroups: [],
    });
  });

  it('lets an admin of one platform choose any group', async () => {
    const { get } = await start({
      answer: (permission, resourceRef) =>
        permission !== 'mlflow.instance.admin' || resourceRef === 'test/*#*'
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    });
    const { body } = await get('owners').expect(200);
    expect(body.any).toBe(true);
    expect(body.instanceGroups).toEqual([
      'mlflow-mine-admins',
      'mlflow-mine-users',
      'mlflow-theirs-admins',
      'mlflow-theirs-users',
    ]);
  });
});
