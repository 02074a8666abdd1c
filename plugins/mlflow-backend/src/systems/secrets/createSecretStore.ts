import { PlatformConfig } from '../../platform/config';
import { PlatformFetch } from '../http';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import { VaultClient } from '../vault/VaultClient';
import { KubernetesSecretStore } from './kubernetes';
import { SecretStore } from './SecretStore';
import { VaultSecretStore } from './vault';

/** The store that the platform's config names; it connects on first use. */
export function createSecretStore(
  { secrets, ca }: Pick<PlatformConfig, 'secrets' | 'ca'>,
  kubernetes: KubernetesClient,
  fetch: PlatformFetch,
): SecretStore {
  return secrets.provider === 'vault'
    ? new VaultSecretStore({
        config: secrets.vault,
        vault: new VaultClient(secrets.vault, fetch),
        kubernetes,
        ca,
      })
    : new KubernetesSecretStore(kubernetes);
}
