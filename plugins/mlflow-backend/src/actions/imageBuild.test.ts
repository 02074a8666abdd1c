import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { testRecord } from '../__testUtils__/instances';
import { testPlatformConfig } from '../__testUtils__/platformConfig';
import { testPlatforms } from '../__testUtils__/platforms';
import { PolicyFake } from '../__testUtils__/PolicyFake';
import { Change } from '../steps/Step';
import { allowImageBuild } from './imageBuild';

const platform = testPlatforms(
  mockServices.logger.mock(),
  testPlatformConfig(),
).get('test');

const image = (action: Change['action']): Change => ({
  system: 'Registry',
  object: 'image registry.example.com/mlflow:3.17.2',
  action,
});

describe('allowImageBuild', () => {
  const asked: string[] = [];
  const allow = (
    principal: 'user' | 'service',
    answer: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
    change: Change,
  ) =>
    allowImageBuild(
      {
        permissions: new PolicyFake((permission, resource) => {
          asked.push(`${permission} on ${resource}`);
          return answer;
        }),
      },
      {
        platform,
        record: testRecord(),
        credentials: mockCredentials[principal](),
      },
      [change],
    );

  beforeEach(() => asked.splice(0));

  it('lets everybody use an image that is there, without asking', async () => {
    await allow('user', AuthorizeResult.DENY, image('keep'));
    expect(asked).toEqual([]);
  });

  it('lets only whom the policy lets have one built', async () => {
    await allow('user', AuthorizeResult.ALLOW, image('create'));
    expect(asked).toEqual(['mlflow.image.build on test/*#*']);
    await allow('service', AuthorizeResult.DENY, image('create'));
    await expect(
      allow('user', AuthorizeResult.DENY, image('create')),
    ).rejects.toThrow(
      /line 3.17 is not built yet on platform test, and you lack .* Ask a platform admin/,
    );
  });
});
