import { ConfigReader } from '@backstage/config';
import { PlatformConfig, readPlatformConfigs } from '../platform/config';

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
