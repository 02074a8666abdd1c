import { PORTS } from '@internal/mlflow-sandbox/src/addresses.ts';
import type { SecretProvider } from '@internal/mlflow-sandbox/src/demo/portal.ts';
import type { YamlValue } from '@internal/mlflow-sandbox/src/yaml.ts';
import type { SignInClient } from './signInClient.ts';

/** What differs from the sandbox's own app-config, to be merged after it. */
export function laneConfig(lane: {
  host: string;
  port: number;
  dockerSocket: string;
  databasePrefix: string;
  signIn: SignInClient;
  secrets: SecretProvider;
}): YamlValue {
  const { host, port } = lane;
  return {
    backend: {
      baseUrl: `http://localhost:${port}`,
      listen: { host: '127.0.0.1', port },
      database: {
        prefix: lane.databasePrefix,
        knexConfig: { pool: { min: 0, max: 4 } },
      },
    },
    auth: {
      providers: {
        oidc: {
          development: {
            clientId: lane.signIn.clientId,
            clientSecret: lane.signIn.secret,
          },
        },
      },
    },
    // A task of a killed backend is taken up as soon as its heart stands still.
    scaffolder: {
      taskRecovery: { enabled: true, staleTimeout: { seconds: 4 } },
    },
    // And so is an entity that its catalog was just putting together.
    catalog: { stitchingStrategy: { stitchTimeout: { seconds: 4 } } },
    mlflow: {
      // What is cut off from this portal's systems is not so from others'.
      health: { interval: { seconds: 0 } },
      platforms: {
        sandbox: {
          kubernetes: { server: `https://${host}:${PORTS.kubernetes}` },
          image: {
            registry: `http://${host}:${PORTS.registry}`,
            build: { dockerHost: `unix://${lane.dockerSocket}` },
          },
          postgres: { host, port: PORTS.postgres },
          objectStore: { endpoint: `http://${host}:${PORTS.minio}` },
          secrets: { provider: lane.secrets },
        },
      },
    },
  };
}
