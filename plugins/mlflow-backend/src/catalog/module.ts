import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { instanceSourcesRef } from '../watch/InstanceSources';
import { InstanceEntityProvider } from './InstanceEntityProvider';
import { TemplateEntityProvider } from './TemplateEntityProvider';
import { templateFolder } from './templateFolder';
import { readTemplatesConfig } from './templatesConfig';

/**
 * Gives MLflow instances and the templates to make them to the catalog.
 *
 * @public
 */
export const catalogModuleMlflow = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'mlflow',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        sources: instanceSourcesRef,
      },
      async init({ catalog, config, logger, sources }) {
        catalog.addEntityProvider(
          new TemplateEntityProvider({
            folder: templateFolder(),
            config: () => readTemplatesConfig(config),
            logger,
          }),
          sources
            .list()
            .map(source => new InstanceEntityProvider(source, { logger })),
        );
      },
    });
  },
});
