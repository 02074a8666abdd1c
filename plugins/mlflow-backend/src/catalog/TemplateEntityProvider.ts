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
  readonly #config: () => TemplatesConfig;
  readonly #logger: LoggerService;

  /** @param options - `config`: reads it, and may throw */
  constructor(options: {
    folder: string;
    config: () => TemplatesConfig;
    logger: LoggerService;
  }) {
    this.#folder = options.folder;
    this.#config = options.config;
    this.#logger = options.logger;
  }

  getProviderName(): string {
    return 'mlflow-templates';
  }

  /**
   * Never rejects: neither a broken package nor a faulty app-config may stop
   * the portal. What the catalog has of them stays then.
   */
  async connect(connection: EntityProviderConnection): Promise<void> {
    try {
      const { enabled, owner } = this.#config();
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
        } could not be given to the catalog (${error}). Correct mlflow.templates in app-config if that is named here; if not, install the package again.`,
      );
    }
  }
}
