import { ServiceUnavailableError } from '@backstage/errors';
import { VaultConfig } from '../../platform/secretsConfig';
import { KubernetesClient } from '../kubernetes/KubernetesClient';
import {
  externalSecretKey,
  ExternalSecretsObject,
  isReady,
  readyOf,
  storeKey,
} from './externalSecret';
import { SecretOwner } from './SecretStore';

/** How long the reason is looked for. */
const LOOK_MS = 5_000;

/** Why a Secret has not got its values in time, as far as the cluster tells. */
export async function undeliveredError(
  kubernetes: Pick<KubernetesClient, 'get'>,
  vault: VaultConfig,
  late: { instance: SecretOwner; name: string; seconds: number },
): Promise<Error> {
  const { instance, name, seconds } = late;
  const signal = AbortSignal.timeout(LOOK_MS);
  const [store, filler] = await Promise.all(
    [storeKey(instance), externalSecretKey(instance, name)].map(key =>
      kubernetes.get<ExternalSecretsObject>(key, signal).catch(() => undefined),
    ),
  );
  const { namespace } = instance.names;
  return new ServiceUnavailableError(
    `Vault: Secret ${namespace}/${name} has not got its values within ${seconds} s: ${reason(
      vault,
      store,
      filler,
    )}`,
  );
}

function reason(
  { address, inCluster, externalSecrets }: VaultConfig,
  store: ExternalSecretsObject | undefined,
  filler: ExternalSecretsObject | undefined,
): string {
  if (!readyOf(store)) {
    return 'External Secrets does not look at the SecretStore there. Check that External Secrets runs.';
  }
  if (!isReady(store)) {
    const { mount, role } = externalSecrets;
    return `External Secrets cannot log in to ${
      inCluster?.address ?? address
    } (${
      readyOf(store)?.reason
    }). Check that Vault is open, that the role ${role} of auth/${mount} exists and that Vault reaches the API server; setup/vault.sh makes the role.`;
  }
  return `its ExternalSecret says ${
    readyOf(filler)?.reason ?? 'nothing'
  }. Look at its events, then run it again.`;
}
