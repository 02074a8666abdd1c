import request from 'supertest';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { toEntity } from '../catalog/entity';
import { platformsServiceRef } from '../platform/PlatformsService';
import { mlflowPlugin } from '../plugin';
import { instanceSourcesRef } from '../watch/InstanceSources';
import { testInstance } from '../__testUtils__/instance';
import {
  testRecord,
  TestSource,
  testSources,
} from '../__testUtils__/instances';
import { testPlatforms } from '../__testUtils__/platforms';
import { PolicyFake } from '../__testUtils__/PolicyFake';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';

/** Recorded, and nothing of it is in Keycloak. */
const record = testRecord({ ...testInstance().spec, platform: 'sandbox' });
const { name } = record.spec;
const PATH = `/api/mlflow/v1/entity/default/component/mlflow-${name}.sandbox/login-check`;

const told: unknown[] = [];
let server: Awaited<ReturnType<typeof startTestBackend>>['server'];

const ask = (user: string) => request(server).post(PATH).send({ user });

beforeAll(async () => {
  const started = await startTestBackend({
    features: [
      mlflowPlugin,
      catalogServiceMock.factory({ entities: [toEntity(record.spec)] }),
      createServiceFactory({
        service: instanceSourcesRef,
        deps: {},
        factory: () => testSources(new TestSource('sandbox').listed(record)),
      }),
      createServiceFactory({
        service: platformsServiceRef,
        deps: {},
        factory: () =>
          testPlatforms(mockServices.logger.mock(), sandboxPlatformConfig()),
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => new PolicyFake(() => AuthorizeResult.ALLOW),
      }),
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () =>
          mockServices.auditor.mock({
            createEvent: async ({ eventId, meta }) => {
              told.push({ eventId, meta });
              return { success: async () => {}, fail: async () => {} };
            },
          }),
      }),
    ],
  });
  server = started.server;
});

it('answers from Keycloak what is in the way of somebody, and of everybody', async () => {
  const { status, body } = await ask(' outsider@example.com ');

  expect(status).toBe(200);
  expect(body).toMatchObject({
    user: 'outsider@example.com',
    allowed: false,
    admin: false,
  });
  const causes = body.findings.map(({ cause }: { cause: string }) => cause);
  expect(causes).toEqual(
    expect.arrayContaining([
      'login-not-in-group',
      'client-missing',
      'group-missing',
    ]),
  );
  expect(JSON.stringify(body)).not.toContain('team-b');
});

it('knows nobody of another name', async () => {
  const { body } = await ask('nobody-of-that-name');

  expect(body.findings[0]).toMatchObject({
    cause: 'login-no-such-user',
    severity: 'error',
  });
});

it('tells the audit log for whom it was asked', async () => {
  await ask('nobody-of-that-name');

  expect(told).toContainEqual({
    eventId: 'instance-login-check',
    meta: {
      user: 'nobody-of-that-name',
      entityRef: `component:default/mlflow-${name}.sandbox`,
      initiator: 'user:default/mock',
    },
  });
});

it('wants a name, and one question at a time', async () => {
  expect((await ask('  ')).status).toBe(400);
  expect((await ask('x'.repeat(256))).status).toBe(400);

  const statuses = await Promise.all(
    ['a-first', 'a-second'].map(async user => (await ask(user)).status),
  );
  expect(statuses.sort()).toEqual([200, 409]);
  expect((await ask('a-third')).status).toBe(200);
});
