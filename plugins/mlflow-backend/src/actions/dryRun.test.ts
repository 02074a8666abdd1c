import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderBackend from '@backstage/plugin-scaffolder-backend';
import { instanceNames } from 'backstage-plugin-mlflow-common';
import request from 'supertest';
import { parse } from 'yaml';
import { z } from 'zod';
import { templateFolder } from '../catalog/templateFolder';
import { PlatformConfig } from '../platform/config';
import { Platform } from '../platform/Platform';
import { platformsServiceRef } from '../platform/PlatformsService';
import { bucketTarget } from '../steps/bucketPlan';
import { actionsFor } from '../__testUtils__/actions';
import { testInstance } from '../__testUtils__/instance';
import { testPlatforms } from '../__testUtils__/platforms';
import { sandboxPlatformConfig } from '../__testUtils__/sandbox';
import { scaffolderModuleMlflow } from './module';

jest.setTimeout(90_000);

const newName = () => `t-${randomBytes(4).toString('hex')}`;

const OWNER = 'group:default/team-a';
const USER = 'user:default/owner';

const sandbox = sandboxPlatformConfig();

/** Nobody has pushed there. */
const config: PlatformConfig = {
  ...sandbox,
  image: {
    ...sandbox.image,
    push: `${sandbox.image.push}-dry-${process.pid}`,
    pull: `${sandbox.image.pull}-dry-${process.pid}`,
  },
};

const group: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team-a' },
  spec: { type: 'team', children: [] },
};

/** As the Keycloak catalog module imports people. */
function userOf({ keycloak }: PlatformConfig): Entity {
  const id = randomUUID();
  const { url, realm } = keycloak;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: 'owner',
      annotations: {
        'keycloak.org/id': id,
        'keycloak.org/realm': realm,
        'backstage.io/managed-by-origin-location': `url:${url}/admin/realms/${realm}/users/${id}`,
      },
    },
    spec: { memberOf: ['team-a'] },
    relations: [{ type: 'memberOf', targetRef: OWNER }],
  };
}

const dryRunAnswer = z.object({
  log: z.array(
    z.object({
      body: z.object({ message: z.string(), stepId: z.string().optional() }),
    }),
  ),
  steps: z.array(z.object({ id: z.string(), action: z.string() })),
  output: z.record(z.unknown()),
});

const signal = AbortSignal.timeout(80_000);
const platforms = testPlatforms(mockServices.logger.mock(), config);
const platform = platforms.get(config.name);

afterAll(() => platform.close());

/** The real scaffolder with our actions on the real systems. */
async function start() {
  const backend = await startTestBackend({
    features: [
      scaffolderBackend,
      scaffolderModuleMlflow,
      catalogServiceMock.factory({ entities: [group, userOf(config)] }),
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: USER,
          ownershipEntityRefs: [USER, OWNER],
        }),
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'https://portal.example.com' },
          backend: {
            baseUrl: 'https://portal.example.com',
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
        },
      }),
      createServiceFactory({
        service: platformsServiceRef,
        deps: {},
        factory: () => platforms,
      }),
    ],
  });
  const template = parse(
    await readFile(
      join(templateFolder(), 'mlflow-instance', 'template.yaml'),
      'utf8',
    ),
  );
  const dryRun = async (values: Record<string, unknown>) =>
    request(backend.server)
      .post('/api/scaffolder/v2/dry-run')
      .set('Authorization', mockCredentials.user.header(USER))
      .send({ template, values, directoryContents: [] });
  return { dryRun, stop: () => backend.stop() };
}

const valuesOf = (name: string) => ({
  platform: config.name,
  name,
  owner: OWNER,
  plan: 'seen',
  line: '3.17',
  size: 'S',
  replicas: 2,
  defaultPermission: 'NO_PERMISSIONS',
  metrics: true,
});

/** All that a run would make, as it is outside. */
async function seen(
  { kubernetes, postgres, keycloak, ...others }: Platform,
  name: string,
) {
  const names = instanceNames(name);
  const target = bucketTarget(testInstance({ name }));
  const call = { what: 'list', role: 'manage-clients', signal } as const;
  const tag = await others.imageBuilder.tagOf(
    testInstance({ name }).release,
    signal,
  );
  return {
    record: await others.records.get(name),
    namespace: await kubernetes.get({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: names.namespace,
    }),
    sql: await postgres.session(signal, session =>
      session.query(
        'list',
        `SELECT rolname AS name FROM pg_roles WHERE rolname LIKE $1
         UNION ALL SELECT datname FROM pg_database WHERE datname LIKE $1`,
        [`${names.databaseRole}%`],
      ),
    ),
    clients: await keycloak.call(call, admin =>
      admin.clients.find({ clientId: names.client, search: true }),
    ),
    groups: await keycloak.call(call, admin =>
      admin.groups.find({ search: names.client }),
    ),
    bucket: await others.objectStore.readBucket(target, signal),
    access: await others.objectStore.readAccess(target, signal),
    pushed: tag && (await others.registry.digestOf(tag, signal)),
    built: tag && (await others.imageBuilder.has(tag, signal)),
  };
}

it('no action is left out of a dry run', () => {
  const { actions } = actionsFor(config);
  const left = [...actions.values()].filter(action => !action.supportsDryRun);
  expect(left.map(({ id }) => id)).toEqual([]);
});

describe('a dry run of the template', () => {
  it('shows what each step would do, and does nothing', async () => {
    const name = newName();
    const { dryRun, stop } = await start();
    const before = await seen(platform, name);

    const { status, body } = await dryRun(valuesOf(name));

    expect(status).toBe(200);
    const { log, steps, output } = dryRunAnswer.parse(body);
    const saidBy = (id: string) =>
      log
        .filter(({ body: { stepId } }) => stepId === id)
        .map(({ body: { message } }) => message)
        .join('\n');
    const ours = steps.filter(
      ({ action }) =>
        action.startsWith('mlflow:') && action !== 'mlflow:instance:undo',
    );
    expect(ours.length).toBeGreaterThanOrEqual(11);
    for (const { id } of ours) {
      expect(`${id}: ${saidBy(id)}`).toMatch(
        /(Kubernetes|Registry|PostgreSQL|Object store|Keycloak|Helm|MLflow|Catalog): (create|keep) /,
      );
    }
    expect(saidBy('claim')).toContain(`create name ${name}`);
    expect(saidBy('database')).toContain(`create role mlflow_t_`);
    expect(saidBy('access')).toContain(`create membership of ${USER} in group`);
    expect(saidBy('migration')).toContain('create Job mlflow-db-migration');
    expect(output.links).toContainEqual(
      expect.objectContaining({ url: `https://mlflow-${name}.localhost/` }),
    );
    expect(await seen(platform, name)).toEqual(before);
    expect(before).toMatchObject({ sql: [], clients: [], groups: [] });
    await stop();
  });

  it('shows a conflict and goes on, so that all are seen', async () => {
    const name = newName();
    const { databaseRole } = instanceNames(name);
    const sql = (text: string) =>
      platform.postgres.session(signal, session => session.query(text, text));
    await sql(`CREATE ROLE "${databaseRole}" NOLOGIN`);
    const { dryRun, stop } = await start();
    try {
      const { status, body } = await dryRun(valuesOf(name));
      expect(status).toBe(200);
      const said = dryRunAnswer
        .parse(body)
        .log.map(entry => entry.body.message);
      expect(said.join('\n')).toMatch(
        new RegExp(
          `PostgreSQL: conflict role ${databaseRole} \\(was made by somebody else: it bears no mark\\)`,
        ),
      );
      expect(said.join('\n')).toMatch(/Catalog: create entity/);
    } finally {
      await sql(`DROP ROLE "${databaseRole}"`);
      await stop();
    }
  });

  it('fails where the claim would', async () => {
    const { dryRun, stop } = await start();
    const { status, text } = await dryRun({
      ...valuesOf(newName()),
      host: 'auth.localhost',
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(text).toMatch(/The host auth.localhost cannot be had/);
    await stop();
  });
});
