import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  RootConfigService,
  RootLoggerService,
} from '@backstage/backend-plugin-api';
import {
  NotFoundError,
  ServiceUnavailableError,
  stringifyError,
} from '@backstage/errors';
import { quoted } from '../systems/quoted';
import { PlatformConfigResult, readPlatformConfigs } from './config';
import { createPlatform, Platform } from './Platform';

/** One platform of app-config: usable, or the reason why it is not. */
export type PlatformEntry =
  | { name: string; platform: Platform }
  | { name: string; error: Error };

/** The platforms of this portal, shared by everything in the backend. */
export interface PlatformsService {
  list(): PlatformEntry[];
  /**
   * @throws NotFoundError for a platform that app-config does not know
   * @throws ServiceUnavailableError for one that is described wrongly
   */
  get(name: string): Platform;
}

class ConfiguredPlatforms implements PlatformsService {
  readonly #entries: PlatformEntry[];

  constructor(entries: PlatformEntry[]) {
    this.#entries = entries;
  }

  list(): PlatformEntry[] {
    return this.#entries;
  }

  get(name: string): Platform {
    const entry = this.#entries.find(candidate => candidate.name === name);
    if (!entry) {
      const known = this.#entries.map(({ name: key }) => key).join(', ');
      throw new NotFoundError(
        `No platform ${quoted(name)} is configured; there is ${
          known || 'none'
        }.`,
      );
    }
    if ('error' in entry) {
      throw new ServiceUnavailableError(
        `Platform ${name} cannot be used: ${entry.error.message}`,
      );
    }
    return entry.platform;
  }
}

/** Holds each platform's clients once for plugin, actions and catalog. */
export const platformsServiceRef = createServiceRef<PlatformsService>({
  id: 'mlflow.platforms',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.rootLogger,
        lifecycle: coreServices.rootLifecycle,
      },
      factory({ config, logger, lifecycle }) {
        const entries = readEntries(config, logger);
        for (const entry of entries) {
          if ('error' in entry) {
            logger.error(
              `MLflow platform ${entry.name} cannot be used: ${entry.error.message}`,
            );
          }
        }
        lifecycle.addShutdownHook(async () => {
          await Promise.allSettled(
            entries.map(async entry =>
              'platform' in entry ? entry.platform.close() : undefined,
            ),
          );
        });
        return new ConfiguredPlatforms(entries);
      },
    }),
});

/** Never throws: whatever app-config says must not stop the portal. */
function readEntries(
  config: RootConfigService,
  logger: RootLoggerService,
): PlatformEntry[] {
  let results: PlatformConfigResult[];
  try {
    results = readPlatformConfigs(config);
  } catch (error) {
    logger.error(`No MLflow platform can be used: ${stringifyError(error)}`);
    return [];
  }
  return results.map(result => {
    if ('error' in result) {
      return result;
    }
    const { name } = result;
    try {
      return { name, platform: createPlatform(result.config, { logger }) };
    } catch (error) {
      return {
        name,
        error: error instanceof Error ? error : new Error(String(error)),
      };
    }
  });
}
