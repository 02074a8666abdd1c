import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AUTH_URL,
  BASE_IMAGE,
  IN_CLUSTER,
  ISSUER,
  NODE_IP,
  POD_CIDR,
  PORTS,
  REALM,
  RECORDS_NAMESPACE,
  REGISTRY,
} from './addresses.ts';
import { isBuilt, buildFolder } from './builds/cache.ts';
import { kubernetesBuild } from './builds/go.ts';
import { HOST_ROOTS } from './parts/pki.ts';
import { PROVISIONER } from './parts/minio.ts';
import { dockerHost } from './parts/docker.ts';
import type { Paths } from './paths.ts';
import type { Secrets } from './secrets.ts';
import { toYaml } from './yaml.ts';
import type { YamlValue } from './yaml.ts';

/** What the config needs that is found out while the sandbox starts. */
export interface Found {
  /** Token of the portal's ServiceAccount; absent while there is no cluster. */
  token?: string;
  /** Path of the helm binary. */
  helm?: string;
}

function platform(paths: Paths, secrets: Secrets, found: Found): YamlValue {
  const image = `${REGISTRY}/mlflow`;
  return {
    title: 'Sandbox',
    domains: ['localhost'],
    allowInsecureLines: true,
    ca: { $file: paths.caCert },
    kubernetes: {
      server: `https://${NODE_IP}:${PORTS.kubernetes}`,
      ca: { $file: join(paths.pki, 'ca.crt') },
      ...(found.token ? { token: found.token } : {}),
      namespace: RECORDS_NAMESPACE,
    },
    ingress: {
      className: 'traefik',
      controller: 'traefik',
      entryPoint: 'websecure',
      trustedProxies: [POD_CIDR],
    },
    chart: { path: paths.charts, ...(found.helm ? { helm: found.helm } : {}) },
    image: {
      mode: 'build',
      push: image,
      pull: image,
      registry: `http://127.0.0.1:${PORTS.registry}`,
      baseImage: BASE_IMAGE,
      build: {
        dockerHost: dockerHost(paths),
        networkMode: 'host',
        ca: { $file: HOST_ROOTS },
      },
    },
    postgres: {
      host: NODE_IP,
      port: PORTS.postgres,
      user: 'mlflow_provisioner',
      password: secrets.postgresProvisioner,
      sslMode: 'verify-full',
      inCluster: { host: IN_CLUSTER.postgres, port: PORTS.postgres },
    },
    objectStore: {
      type: 'minio',
      endpoint: `http://${NODE_IP}:${PORTS.minio}`,
      region: 'us-east-1',
      accessKeyId: PROVISIONER,
      secretAccessKey: secrets.minioProvisioner,
      inCluster: { endpoint: `http://${IN_CLUSTER.minio}:${PORTS.minio}` },
    },
    keycloak: {
      url: AUTH_URL,
      realm: REALM,
      clientId: 'mlflow-provisioner',
      clientSecret: secrets.clientProvisioner,
      inCluster: { url: `https://${IN_CLUSTER.keycloak}:${PORTS.keycloak}` },
    },
  };
}

/** The whole `app-config.sandbox.yaml`, to be merged after the repository's own. */
export function configDocument(
  paths: Paths,
  secrets: Secrets,
  found: Found,
): YamlValue {
  return {
    mlflow: { platforms: { sandbox: platform(paths, secrets, found) } },
    backend: {
      database: {
        client: 'pg',
        connection: {
          host: NODE_IP,
          port: PORTS.postgres,
          user: 'backstage',
          password: secrets.postgresBackstage,
          database: 'backstage',
          ssl: { rejectUnauthorized: true, ca: { $file: paths.caCert } },
        },
      },
    },
    auth: {
      environment: 'development',
      session: { secret: secrets.portalSession },
      providers: {
        oidc: {
          development: {
            metadataUrl: `${ISSUER}/.well-known/openid-configuration`,
            clientId: 'backstage',
            clientSecret: secrets.clientBackstage,
            prompt: 'auto',
          },
        },
      },
    },
    catalog: {
      providers: {
        keycloakOrg: {
          default: {
            baseUrl: AUTH_URL,
            loginRealm: REALM,
            realm: REALM,
            clientId: 'backstage-catalog',
            clientSecret: secrets.clientCatalog,
            schedule: {
              frequency: { minutes: 1 },
              timeout: { seconds: 50 },
              initialDelay: { seconds: 2 },
            },
          },
        },
      },
    },
  };
}

const HEADER = `# Written by the sandbox at each start: changes are lost. Holds secrets of the sandbox.
# backstage-cli ... --config app-config.yaml --config <this file>, with NODE_EXTRA_CA_CERTS=<state>/ca-bundle.crt
`;

/** Writes the portal's config, readable by its owner only. */
export function writeConfig(paths: Paths, secrets: Secrets) {
  const tokenFile = join(paths.state, 'token');
  const found: Found = {
    token: existsSync(tokenFile) ? readFileSync(tokenFile, 'utf8') : undefined,
    helm: isBuilt(paths, kubernetesBuild)
      ? join(buildFolder(paths, kubernetesBuild), 'helm')
      : undefined,
  };
  const text = `${HEADER}${toYaml(
    configDocument(paths, secrets, found),
  ).trimStart()}\n`;
  writeFileSync(`${paths.config}.new`, text, { mode: 0o600 });
  renameSync(`${paths.config}.new`, paths.config);
}
