import { ConfigReader } from '@backstage/config';
import { PlatformConfig, readPlatformConfigs } from '../platform/config';
import { secretsConfig, VaultConfig } from '../platform/secretsConfig';

/** Nobody listens here, and that shows at once. */
const NOWHERE = 'https://127.0.0.1:1';

/** A platform none of whose systems can be reached. */
export function unreachablePlatformConfig(): PlatformConfig {
  const config = testPlatformConfig();
  return {
    ...config,
    kubernetes: { ...config.kubernetes, server: NOWHERE },
    postgres: { ...config.postgres, host: '127.0.0.1', port: 1 },
    objectStore: { ...config.objectStore, endpoint: NOWHERE },
    keycloak: { ...config.keycloak, url: NOWHERE },
    image: {
      ...config.image,
      registry: NOWHERE,
      build: { ...config.image.build, dockerHost: 'tcp://127.0.0.1:1' },
    },
  };
}

/** A platform that exists nowhere, for tests of pure code. */
export function testPlatformConfig(): PlatformConfig {
  const [result] = readPlatformConfigs(
    new ConfigReader({
      mlflow: {
        platforms: {
          test: {
            domains: ['example.com'],
            kubernetes: { server: 'https://k8s.example.com', token: 't' },
            ingress: { trustedProxies: ['10.0.0.0/24'] },
            image: { push: 'registry.example.com/mlflow' },
            postgres: {
              host: 'db.example.com',
              user: 'u',
              password: 'p',
              inCluster: { host: 'pg.svc', port: 5433 },
            },
            objectStore: {
              endpoint: 'https://s3.example.com',
              accessKeyId: 'a',
              secretAccessKey: 's',
            },
            keycloak: {
              url: 'https://auth.example.com/',
              realm: 'r',
              clientId: 'c',
              clientSecret: 's',
              inCluster: { url: 'https://keycloak.svc:8443' },
            },
          },
        },
      },
    }),
  );
  if ('error' in result) {
    throw result.error;
  }
  return result.config;
}

/** A Vault that exists nowhere. */
export function testVaultConfig(): VaultConfig {
  const { vault } = secretsConfig.parse({
    provider: 'vault',
    vault: {
      address: 'https://vault.example.com',
      auth: { method: 'approle', roleId: 'r', secretId: 's' },
    },
  });
  if (!vault) {
    throw new Error('Provider vault comes with a Vault.');
  }
  return vault;
}
