import { LoggerService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { PlatformConfig } from '../platform/config';
import { createPlatform } from '../platform/Platform';
import { quoted } from '../systems/quoted';
import { PlatformEntry, PlatformsService } from '../platform/PlatformsService';

/** Platforms of these configurations; none connects before it is used. */
export function testPlatforms(
  logger: LoggerService,
  ...configs: (PlatformConfig | { name: string; error: Error })[]
): PlatformsService {
  const entries: PlatformEntry[] = configs.map(config =>
    'error' in config
      ? config
      : {
          name: config.name,
          platform: createPlatform(config, { logger }),
        },
  );
  return {
    list: () => entries,
    get(name) {
      const entry = entries.find(candidate => candidate.name === name);
      if (!entry) {
        throw new NotFoundError(`No platform ${quoted(name)} is configured.`);
      }
      if ('error' in entry) {
        throw entry.error;
      }
      return entry.platform;
    },
  };
}
