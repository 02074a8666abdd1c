import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { EntityProviderMutation } from '@backstage/plugin-catalog-node';
import { JsonObject } from '@backstage/types';
import { TemplateEntityProvider } from './TemplateEntityProvider';
import { readTemplatesConfig } from './templatesConfig';

const OWNER = 'group:default/ml-platform';

const template = (name: string) => `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: ${name}
spec:
  owner: group:default/somebody
  type: mlflow
  steps: []
`;

describe('TemplateEntityProvider', () => {
  const directory = createMockDirectory();
  const logger = mockServices.logger.mock();

  async function connect(
    app: JsonObject = { owner: OWNER },
  ): Promise<EntityProviderMutation[]> {
    const config = new ConfigReader({ mlflow: { templates: app } });
    const told: EntityProviderMutation[] = [];
    await new TemplateEntityProvider({
      folder: directory.resolve('templates'),
      config: () => readTemplatesConfig(config),
      logger,
    }).connect({
      applyMutation: async mutation => {
        told.push(mutation);
      },
      refresh: async () => {},
    });
    return told;
  }

  beforeEach(() => {
    directory.clear();
    logger.error.mockClear();
  });

  it('tells each template, with the owner of app-config', async () => {
    directory.setContent({
      templates: {
        'a.md': 'no template',
        b: { 'template.yaml': template('b') },
        c: { 'template.yaml': template('c'), skeleton: {} },
      },
    });

    const [mutation] = await connect();

    const location = `file:${directory.resolve('templates/b/template.yaml')}`;
    expect(mutation).toMatchObject({
      type: 'full',
      entities: [
        {
          entity: {
            metadata: {
              name: 'b',
              annotations: { 'backstage.io/managed-by-location': location },
            },
            spec: { owner: OWNER, type: 'mlflow', steps: [] },
          },
        },
        { entity: { metadata: { name: 'c' }, spec: { owner: OWNER } } },
      ],
    });
  });

  it('takes them out when they are turned off', async () => {
    await expect(connect({ enabled: false })).resolves.toEqual([
      { type: 'full', entities: [] },
    ]);
  });

  it.each([
    ['there is no folder', {}],
    ['there is a folder without a template', { templates: { a: {} } }],
    ['one is no YAML', { templates: { a: { 'template.yaml': '{' } } }],
    [
      'one is no template',
      { templates: { a: { 'template.yaml': 'kind: X' } } },
    ],
  ])('deletes nothing and says so when %s', async (_, content) => {
    directory.setContent(content);

    await expect(connect()).resolves.toEqual([]);

    expect(logger.error).toHaveBeenCalledWith(
      expect.stringMatching(/could not be given to the catalog/),
    );
  });

  it.each([{ enabled: 'perhaps' }, { owner: 5 }])(
    'deletes nothing and names the key when app-config says %j',
    async app => {
      await expect(connect(app)).resolves.toEqual([]);

      const [key] = Object.keys(app);
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringContaining(`mlflow.templates.${key}`),
      );
    },
  );
});
