import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { instanceSourcesRef } from '../watch/InstanceSources';
import { platformsServiceRef } from '../platform/PlatformsService';
import { mlflowPlugin } from '../plugin';
import { TestSource, testSources } from '../__testUtils__/instances';
import { unreachablePlatformConfig } from '../__testUtils__/platformConfig';
import { testPlatforms } from '../__testUtils__/platforms';

const OWNER = 'group:default/team-a';

/** The plugin beside a platform of which no system answers. */
async function start() {
  const backend = await startTestBackend({
    features: [
      mlflowPlugin,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Group',
            metadata: { name: 'team-a' },
            spec: { type: 'team', children: [] },
          },
        ],
      }),
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: 'user:default/mock',
          ownershipEntityRefs: [OWNER],
        }),
      }).factory,
      createServiceFactory({
        service: instanceSourcesRef,
        deps: {},
        factory: () => testSources(new TestSource('test')),
      }),
      createServiceFactory({
        service: platformsServiceRef,
        deps: {},
        factory: () =>
          testPlatforms(
            mockServices.logger.mock(),
            unreachablePlatformConfig(),
          ),
      }),
    ],
  });
  const post = (body: object) =>
    request(backend.server).post('/api/mlflow/v1/plan').send(body);
  return { post, stop: () => backend.stop() };
}

const input = { platform: 'test', name: 'churn', owner: OWNER };

describe('POST /v1/plan', () => {
  it('answers also when nothing outside does, and says what does not', async () => {
    const { post, stop } = await start();
    const { body } = await post(input).expect(200);
    expect(body).toMatchObject({
      instance: 'test/churn',
      exists: false,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      conflicts: [],
      steps: [
        {
          step: 'claim',
          changes: [],
          problem: expect.stringMatching(/^Kubernetes: could not/),
        },
      ],
    });
    await stop();
  });

  it.each<[string, object, number, RegExp]>([
    ['a bad name', { name: 'Bad' }, 400, /lower-case letter/],
    ['a bad host', { host: 'x.org' }, 400, /below example.com/],
    ['no such group', { owner: 'group:default/x' }, 400, /no group of the/],
    ['a number as name', { name: 7 }, 400, /name/],
    ['no owner', { owner: undefined }, 400, /owner/],
    ['no such platform', { platform: 'x' }, 404, /No platform "x"/],
  ])('refuses %s in one sentence', async (_, wrong, status, reason) => {
    const { post, stop } = await start();
    const answer = await post({ ...input, ...wrong });
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(reason);
    expect(answer.body.error.message).not.toMatch(/\n/);
    await stop();
  });

  it('is for people: a service has no groups', async () => {
    const { post, stop } = await start();
    const { status } = await post(input).set(
      'Authorization',
      mockCredentials.service.header(),
    );
    expect(status).toBe(403);
    await stop();
  });
});
