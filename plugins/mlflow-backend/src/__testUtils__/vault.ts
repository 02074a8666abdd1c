import { createPlatform, Platform } from '../platform/Platform';
import { PlatformConfig } from '../platform/config';
import { sandboxPlatformConfig } from './sandbox';
import { SILENT } from './stepContext';

/**
 * The sandbox's platform with the secrets of instances in its Vault.
 *
 * @throws Error when the sandbox has none
 */
export function vaultPlatformConfig(): PlatformConfig {
  const config = sandboxPlatformConfig();
  const { vault } = config.secrets;
  if (!vault) {
    throw new Error(
      'The sandbox has no Vault: run ./yarnw sandbox up --with vault first.',
    );
  }
  return { ...config, secrets: { provider: 'vault', vault } };
}

/** That platform; close it when done. */
export function vaultPlatform(): Platform {
  return createPlatform(vaultPlatformConfig(), { logger: SILENT });
}
