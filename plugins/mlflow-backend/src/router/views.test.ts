import { randomBytes } from 'node:crypto';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { LogPage } from 'backstage-plugin-mlflow-common';
import request from 'supertest';
import { toEntity } from '../catalog/entity';
import { toInstance } from '../instances/toInstance';
import { Platform } from '../platform/Platform';
import { platformsServiceRef } from '../platform/PlatformsService';
import { mlflowPlugin } from '../plugin';
import { bucketStep } from '../steps/bucket';
import { databaseStep } from '../steps/database';
import { identityStep } from '../steps/identity';
import { namespaceStep } from '../steps/namespace';
import { runStep } from '../steps/runStep';
import { instanceSourcesRef } from '../watch/InstanceSources';
import {
  testObserved,
  testRecord,
  TestSource,
  testSources,
} from '../__testUtils__/instances';
import { inGroup } from '../__testUtils__/keycloakTokens';
import { startLogPod } from '../__testUtils__/logPod';
import { unreachablePlatformConfig } from '../__testUtils__/platformConfig';
import { testPlatforms } from '../__testUtils__/platforms';
import { Answer, PolicyFake } from '../__testUtils__/PolicyFake';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { contextOf } from '../__testUtils__/stepContext';

jest.setTimeout(180_000);

const VIEWS = [
  'workload',
  'logs?pod=server',
  'events',
  'holdings',
  'history',
  'drift',
  'audit',
];
/** Of whose systems everybody who sees the instance may be told. */
const OPEN = ['workload', 'history'];

/** What the pod that stands for a server writes. */
const BEFORE = ['it fails with password=hidden'];
const NOW = [
  '10.244.0.1:35840 - "GET /health HTTP/1.1" 200 OK',
  'GET /callback?code=hidden&state=hidden HTTP/1.1',
  JSON.stringify({
    timestamp: '2026-11-24T14:30:24.725649+00:00',
    event: 'user.create',
    actor: 'admin@example.com',
    resource_type: 'user',
    resource_id: 'member@example.com',
    detail: { token: 'hidden' },
    status: 'success',
  }),
  'the last line',
];

const config = sandboxPlatformConfig();
const name = `t-${randomBytes(4).toString('hex')}`;
const recordOn = (platform: string) => ({
  ...testRecord({ name, platform, host: `mlflow-${name}.localhost` }),
  id: randomBytes(6).toString('hex'),
});

/** The plugin over one platform, on which it sees one instance. */
async function portalOf(
  on: typeof config,
  record: ReturnType<typeof recordOn>,
  answer: Answer = () => AuthorizeResult.ALLOW,
) {
  const source = new TestSource(on.name).listed(record);
  const platforms = testPlatforms(mockServices.logger.mock(), on);
  const { server } = await startTestBackend({
    features: [
      mlflowPlugin,
      catalogServiceMock.factory({ entities: [toEntity(record.spec)] }),
      createServiceFactory({
        service: instanceSourcesRef,
        deps: {},
        factory: () => testSources(source),
      }),
      createServiceFactory({
        service: platformsServiceRef,
        deps: {},
        factory: () => platforms,
      }),
      createServiceFactory({
        service: coreServices.permissions,
        deps: {},
        factory: () => new PolicyFake(answer),
      }),
    ],
  });
  const entity = toEntity(record.spec).metadata.name;
  return {
    source,
    platform: platforms.get(on.name),
    get: (view: string, of: string = entity) =>
      request(server).get(
        `/api/mlflow/v1/entity/default/component/${of}/${view}`,
      ),
  };
}

describe('a view', () => {
  const nowhere = unreachablePlatformConfig();
  const record = recordOn(nowhere.name);
  let portal: Awaited<ReturnType<typeof portalOf>>;

  beforeAll(async () => {
    portal = await portalOf(nowhere, record);
  });

  afterAll(() => portal.platform.close());

  it.each(VIEWS)('wants to know who asks: %s', async view => {
    const { status } = await portal
      .get(view)
      .set('Authorization', mockCredentials.none.header());
    expect(status).toBe(401);
  });

  it.each(VIEWS)('does not know another entity: %s', async view => {
    expect((await portal.get(view, 'other')).status).toBe(404);
  });

  it('of the pods is there whatever becomes of the systems', async () => {
    const { body } = await portal.get('workload').expect(200);
    expect(body).toEqual({ pods: [], jobs: [], migration: { by: 'server' } });
  });

  it('of a system that does not answer says so', async () => {
    for (const view of ['events', 'audit', 'history']) {
      const { body } = await portal.get(view).expect(503);
      expect(body.error.message).toMatch(/^(Kubernetes|Helm): /);
    }
  });

  it('of all systems says of each in its place that it does not answer', async () => {
    const { body } = await portal.get('holdings').expect(200);
    expect(body).toEqual({
      databases: { problem: expect.stringMatching(/^PostgreSQL: /) },
      bucket: { problem: expect.stringMatching(/^Object store: /) },
      client: { problem: expect.stringMatching(/^Keycloak: /) },
      groups: { problem: expect.stringMatching(/^Keycloak: /) },
      secrets: { problem: expect.stringMatching(/^Kubernetes: /) },
    });
  });

  it('of the drift says at which step a system does not answer', async () => {
    const { body } = await portal.get('drift').expect(200);
    expect(body.steps).toEqual([
      expect.objectContaining({
        step: 'claim',
        problem: expect.stringMatching(/^Kubernetes: /),
      }),
    ]);
  });

  it.each(VIEWS)('is refused to whom the policy refuses: %s', async view => {
    const onlyRead: Answer = permission =>
      permission === 'mlflow.instance.read'
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY;
    const asReader = await portalOf(nowhere, record, onlyRead);
    const asNobody = await portalOf(
      nowhere,
      record,
      () => AuthorizeResult.DENY,
    );
    const isRefused = async (to: typeof asReader) =>
      (await to.get(view)).status === 403;
    expect(await isRefused(asReader)).toBe(!OPEN.includes(view));
    expect(await isRefused(asNobody)).toBe(true);
    await asReader.platform.close();
    await asNobody.platform.close();
  });

  it.each([
    ['logs', 400],
    ['logs?pod=server&lines=0', 404],
    ['logs?pod=server&lines=many', 400],
    ['logs?pod=server&previous=perhaps', 400],
  ])('of logs answers %s with %d', async (view, status) => {
    expect((await portal.get(view)).status).toBe(status);
  });
});

describe('on real systems', () => {
  const record = recordOn(config.name);
  const instance = toInstance(record);
  const { names } = instance;
  let portal: Awaited<ReturnType<typeof portalOf>>;
  let platform: Platform;

  const of = async (view: string) => (await portal.get(view).expect(200)).body;

  const remove = async () => {
    const ctx = contextOf(instance, platform);
    await identityStep.remove(ctx, { data: 'delete' });
    await bucketStep.remove(ctx, { data: 'delete' });
    await databaseStep.remove(ctx, { data: 'delete' });
    await namespaceStep.remove(ctx, { data: 'delete' });
    await platform.records.remove(name, record.id);
  };

  beforeAll(async () => {
    portal = await portalOf(config, record);
    platform = portal.platform;
    const ctx = contextOf(instance, platform);
    await platform.records.create(record);
    await runStep(namespaceStep, ctx);
    await Promise.all([
      runStep(databaseStep, ctx),
      runStep(bucketStep, ctx),
      runStep(identityStep, ctx),
    ]);
    const call = { what: 'prepare a test', role: 'manage-users' } as const;
    await inGroup(
      platform.keycloak,
      { ...call, signal: ctx.signal },
      'owner',
      names.adminGroup,
    );
    await platform.helm.upgrade(
      {
        name: names.release,
        namespace: names.namespace,
        chartVersion: instance.release.chart,
        values: {
          ...instance.release.values({
            instance: toInstance({
              ...record,
              spec: { ...record.spec, replicas: 0 },
            }),
            platform: config,
            image: { repository: 'none.example.com/none', tag: '1' },
            secretsDigest: 'none',
          }),
        },
      },
      ctx.signal,
    );
    const pod = await startLogPod(platform, instance, {
      before: BEFORE,
      now: NOW,
    });
    portal.source.instances.set(name, testObserved({ record, pods: [pod] }));
  });

  afterAll(async () => {
    await remove();
    await platform.close();
  });

  it('the workload shows the pod, and why it started anew', async () => {
    const { pods } = await of('workload');
    expect(pods).toMatchObject([
      {
        name: 'server',
        phase: 'Running',
        ready: true,
        containers: [{ restarts: 1, state: 'Running', lastState: 'Error' }],
      },
    ]);
  });

  it('a log is shown in pieces, masked', async () => {
    const page: LogPage = await of('logs?pod=server');
    expect(page).toMatchObject({ container: 'mlflow', truncated: false });
    expect(page.lines.map(({ text }) => text)).toEqual([
      'GET /callback?code=***&state=*** HTTP/1.1',
      expect.stringContaining('"event":"user.create"'),
      'the last line',
    ]);
    expect(JSON.stringify(page)).not.toContain('hidden');

    const [{ time }] = page.lines;
    const newer: LogPage = await of(`logs?pod=server&since=${time}`);
    expect(newer.lines).toEqual(page.lines.slice(1));
    const since = page.lines.at(-1)?.time;
    expect((await of(`logs?pod=server&since=${since}`)).lines).toEqual([]);

    expect(await of('logs?pod=server&lines=1')).toMatchObject({
      lines: [{ text: 'the last line' }],
      truncated: true,
    });
  });

  it('the log of the container before is there too', async () => {
    const page: LogPage = await of('logs?pod=server&previous=true');
    expect(page.lines.map(({ text }) => text)).toEqual([
      'it fails with password=***',
    ]);
  });

  it.each([
    ['logs?pod=another', 404],
    ['logs?pod=server&container=another', 404],
    ['logs?pod=server&lines=5001', 400],
    ['logs?pod=server&lines=0', 400],
    ['logs?pod=server&since=yesterday', 400],
  ])('%s is answered with %d', async (view, status) => {
    expect((await portal.get(view)).status).toBe(status);
  });

  it('events tell what became of the pod', async () => {
    const events = await of('events');
    expect(events).toContainEqual({
      at: expect.any(String),
      type: 'Normal',
      reason: 'Started',
      object: 'Pod server',
      message: expect.any(String),
      count: expect.any(Number),
    });
  });

  it('the audit log is found among the lines', async () => {
    expect(await of('audit')).toEqual({
      supported: true,
      entries: [
        {
          at: '2026-11-24T14:30:24.725Z',
          event: 'user.create',
          user: 'admin@example.com',
          detail: 'user=member@example.com token=***',
          denied: false,
        },
      ],
    });
  });

  it('each system tells what it holds, without a secret', async () => {
    const holdings = await of('holdings');
    expect(holdings).toMatchObject({
      databases: {
        items: [
          { name: names.trackingDatabase, bytes: expect.any(Number) },
          { name: names.authDatabase, bytes: expect.any(Number) },
        ],
      },
      bucket: { name: names.bucket, bytes: 0, objects: 0 },
      client: {
        id: names.client,
        enabled: true,
        redirectUris: [`https://${record.spec.host}/callback`],
        scopes: expect.arrayContaining(['groups', 'profile']),
      },
      groups: {
        items: [
          { name: names.adminGroup, members: 1 },
          { name: names.userGroup, members: 0 },
        ],
      },
    });
    expect(holdings.secrets.items).toContainEqual({
      name: names.secrets.database,
      keys: ['password', 'username'],
      changedAt: expect.any(String),
    });
    const values = await platform.secrets.read(
      instance,
      names.secrets.database,
    );
    expect(JSON.stringify(holdings)).not.toContain(values?.password);
  });

  it('the history tells the revision, and nothing of its values', async () => {
    expect(await of('history')).toEqual([
      {
        revision: 1,
        status: 'deployed',
        chart: `mlflow-${instance.release.chart}`,
        appVersion: expect.any(String),
        at: expect.any(String),
        description: 'Install complete',
      },
    ]);
  });

  it('the drift is the plan of the record, asked once for all', async () => {
    const [plan, again] = await Promise.all([of('drift'), of('drift')]);
    expect(again).toEqual(plan);
    expect(plan).toMatchObject({
      instance: `${config.name}/${name}`,
      exists: true,
      conflicts: [],
    });
    const changes = (step: string) =>
      plan.steps
        .find((found: { step: string }) => found.step === step)
        .changes.map(({ action }: { action: string }) => action);
    expect(new Set(changes('database'))).toEqual(new Set(['keep']));
    expect(changes('release')).toContain('update');
  });

  it('nothing is shown of a namespace that is another’s', async () => {
    const foreign = { ...record, id: randomBytes(6).toString('hex') };
    const before = portal.source.instances.get(name);
    portal.source.instances.set(name, {
      ...testObserved(before),
      record: foreign,
    });
    for (const view of ['events', 'audit', 'logs?pod=server']) {
      const { body } = await portal.get(view).expect(409);
      expect(body.error.message).toMatch(/is not this instance's/);
    }
    const { body } = await portal.get('holdings').expect(200);
    const problem = expect.stringMatching(/is not this instance's/);
    expect(body).toEqual({
      databases: { problem },
      bucket: { problem },
      client: { problem },
      groups: { problem },
      secrets: { problem },
    });
    portal.source.instances.set(name, testObserved(before));
  });
});
