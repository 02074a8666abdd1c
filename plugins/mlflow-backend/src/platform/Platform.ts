import { LoggerService } from '@backstage/backend-plugin-api';
import { InstanceLeases, LEASE_SECONDS } from '../instances/InstanceLeases';
import { LeaseStore } from '../instances/LeaseStore';
import { RecordStore } from '../instances/RecordStore';
import { HelmClient } from '../systems/helm/HelmClient';
import { createPlatformFetch, PlatformFetch } from '../systems/http';
import { KeycloakClient } from '../systems/keycloak/KeycloakClient';
import { KubernetesClient } from '../systems/kubernetes/KubernetesClient';
import { createObjectStore } from '../systems/objectstore/createObjectStore';
import { ObjectStore } from '../systems/objectstore/ObjectStore';
import { PostgresClient } from '../systems/postgres/PostgresClient';
import { ImageBuilder } from '../systems/registry/ImageBuilder';
import { RegistryClient } from '../systems/registry/RegistryClient';
import { createSecretStore } from '../systems/secrets/createSecretStore';
import { SecretStore } from '../systems/secrets/SecretStore';
import { PlatformConfig } from './config';

/** One cluster with its Keycloak, PostgreSQL, object store, registry and ingress. */
export interface Platform {
  name: string;
  config: PlatformConfig;
  fetch: PlatformFetch;
  kubernetes: KubernetesClient;
  helm: HelmClient;
  postgres: PostgresClient;
  objectStore: ObjectStore;
  keycloak: KeycloakClient;
  registry: RegistryClient;
  imageBuilder: ImageBuilder;
  secrets: SecretStore;
  records: RecordStore;
  leases: InstanceLeases;
  close(): Promise<void>;
}

/** Makes the clients of a platform. None of them connects before it is used. */
export function createPlatform(
  config: PlatformConfig,
  options: { logger: LoggerService },
): Platform {
  const logger = options.logger.child({ platform: config.name });
  const http = createPlatformFetch(config.ca);
  const kubernetes = KubernetesClient.fromConfig(config.kubernetes);
  const postgres = PostgresClient.fromConfig(config);
  const objectStore = createObjectStore(config);
  const keycloak = KeycloakClient.fromConfig(config, http.fetch);
  const registry = RegistryClient.fromConfig(config, http.fetch);
  const secrets = createSecretStore(config, kubernetes, http.fetch);
  const leases = new InstanceLeases(
    new LeaseStore(kubernetes, config.kubernetes.namespace, LEASE_SECONDS),
  );
  return {
    name: config.name,
    config,
    fetch: http.fetch,
    kubernetes,
    helm: HelmClient.fromConfig(config),
    postgres,
    objectStore,
    keycloak,
    registry,
    imageBuilder: ImageBuilder.fromConfig(config, registry, logger),
    secrets,
    records: new RecordStore(kubernetes, config),
    leases,
    async close() {
      await leases.close();
      await Promise.all([
        postgres.close(),
        objectStore.close(),
        keycloak.close(),
        secrets.close(),
      ]);
      await http.close();
    },
  };
}
