import request from 'supertest';
import {
  BackendFeature,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import catalogBackend from '@backstage/plugin-catalog-backend';
import scaffolderEntityModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import scaffolderBackend from '@backstage/plugin-scaffolder-backend';
import { JsonObject } from '@backstage/types';
import { instanceSourcesRef } from '../watch/InstanceSources';
import { eventually } from '../__testUtils__/eventually';
import {
  testRecord,
  TestSource,
  testSources,
} from '../__testUtils__/instances';
import { catalogModuleMlflow } from './module';

const sourcesOf = (...sources: TestSource[]) =>
  createServiceFactory({
    service: instanceSourcesRef,
    deps: {},
    factory: () => testSources(...sources),
  });

/** The real catalog and scaffolder, with instances that the test sets. */
async function startWith(config: JsonObject, features: BackendFeature[]) {
  const backend = await startTestBackend({
    features: [
      catalogBackend,
      scaffolderEntityModel,
      scaffolderBackend,
      catalogModuleMlflow,
      ...features,
      mockServices.rootConfig.factory({
        data: {
          backend: {
            database: { client: 'better-sqlite3', connection: ':memory:' },
          },
          catalog: {
            processingInterval: { seconds: 1 },
            rules: [{ allow: ['Component'] }],
          },
          ...config,
        },
      }),
    ],
  });
  const find = async (filter: string) => {
    const { body } = await request(backend.server)
      .get(`/api/catalog/entities?filter=${filter}`)
      .expect(200);
    return body;
  };
  return { server: backend.server, find, stop: () => backend.stop() };
}

async function start(source: TestSource, templates: JsonObject = {}) {
  return startWith({ mlflow: { templates } }, [sourcesOf(source)]);
}

// A backend with catalog and scaffolder starts in each.
jest.setTimeout(30_000);

describe('catalogModuleMlflow', () => {
  const directory = createMockDirectory();

  it('brings templates that the scaffolder can run', async () => {
    const { server, find } = await start(new TestSource(), {
      owner: 'group:default/ml-platform',
    });

    await eventually(
      'the template is in the catalog',
      async () => (await find('kind=template')).length > 0,
    );

    const [template] = await find(
      'kind=template,metadata.name=mlflow-instance',
    );
    expect(template.spec.owner).toBe('group:default/ml-platform');
    expect(template.metadata.annotations).toMatchObject({
      'backstage.io/managed-by-location': expect.stringMatching(
        /^file:\/.*\/templates\/.*template.yaml$/,
      ),
    });
    const { body } = await request(server)
      .get(
        '/api/scaffolder/v2/templates/default/template/mlflow-instance/parameter-schema',
      )
      .expect(200);
    expect(body.steps.length).toBeGreaterThan(0);
  });

  it('brings no templates when they are turned off', async () => {
    const source = new TestSource().listed(testRecord());
    const { find } = await start(source, { enabled: false });

    await eventually(
      'the instance is in the catalog',
      async () => (await find('kind=component')).length > 0,
    );

    expect(await find('kind=template')).toEqual([]);
  });

  it('brings an instance in, changes it and takes it out', async () => {
    const source = new TestSource().listed();
    const { find } = await start(source);
    const instance = 'kind=component,metadata.name=mlflow-churn.lab';

    source.changed(testRecord());
    await eventually(
      'it is in',
      async () => (await find(instance)).length === 1,
    );
    const [entity] = await find(instance);
    expect(entity.metadata.annotations).toMatchObject({
      'mlflow.org/instance': 'lab/churn',
    });
    expect(entity.relations).toEqual(
      expect.arrayContaining([
        { type: 'ownedBy', targetRef: 'group:default/team-a' },
      ]),
    );

    source.changed(testRecord({ owner: 'group:default/team-b' }));
    await eventually('its owner is another', async () =>
      (await find(instance))[0].spec.owner.endsWith('team-b'),
    );

    source.deleted('churn');
    await eventually(
      'it is out',
      async () => (await find(instance)).length === 0,
    );
  });

  it('keeps the instances of a platform that is described wrongly since', async () => {
    const database = {
      client: 'better-sqlite3',
      connection: { directory: directory.path },
    };
    const lab = 'kind=component,metadata.name=mlflow-churn.lab';
    const gone = 'kind=component,metadata.name=mlflow-churn.gone';
    const before = await startWith({ backend: { database } }, [
      sourcesOf(
        new TestSource('lab').listed(testRecord()),
        new TestSource('gone').listed(testRecord({ platform: 'gone' })),
      ),
    ]);
    for (const instance of [lab, gone]) {
      await eventually(
        'it is in',
        async () => (await before.find(instance)).length === 1,
      );
    }
    await before.stop();

    const after = await startWith(
      {
        backend: { database },
        mlflow: { platforms: { lab: { domains: [] } } },
      },
      [],
    );

    await eventually(
      'the instances of a platform without a key are out',
      async () => (await after.find(gone)).length === 0,
    );
    expect(await after.find(lab)).toHaveLength(1);
  });
});
