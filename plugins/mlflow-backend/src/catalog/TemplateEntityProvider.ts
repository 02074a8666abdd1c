import { LoggerService } from '@backstage/backend-plugin-api';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { readTemplates } from './readTemplates';
import { TemplatesConfig } from './templatesConfig';

/**
 * Gives the software templates of this very package to the catalog, so that
 * they always fit the actions. Turned off, it takes them out again.
 */
export class TemplateEntityProvider implements EntityProvider {
  readonly #folder: string;
  readonly #config: TemplatesConfig;
  readonly #logger: LoggerService;

  constructor(options: {
    folder: string;
    config: TemplatesConfig;
    logger: LoggerService;
  }) {
    this.#folder = options.folder;
    this.#config = options.config;
    this.#logger = options.logger;
  }

  getProviderName(): string {
    return 'mlflow-templates';
  }

  /** Never rejects: a broken package must not stop the portal. */
  async connect(connection: EntityProviderConnection): Promise<void> {
    const { enabled, owner } = this.#config;
    try {
      const templates = enabled ? await readTemplates(this.#folder, owner) : [];
      await connection.applyMutation({
        type: 'full',
        entities: templates.map(entity => ({
          entity,
          locationKey: this.getProviderName(),
        })),
      });
    } catch (error) {
      this.#logger.error(
        `The MLflow templates in ${
          this.#folder
        } could not be given to the catalog (${error}). Install the package again.`,
      );
    }
  }
}
