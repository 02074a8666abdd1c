import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AUTH_URL,
  BASE_IMAGE,
  IN_CLUSTER,
  ISSUER,
  NODE_IP,
  POD_CIDR,
  PORTS,
  PROMETHEUS_URL,
  REALM,
  RECORDS_NAMESPACE,
  REGISTRY,
  VAULT_URL,
} from './addresses.ts';
import { isBuilt, buildFolder } from './builds/cache.ts';
import { kubernetesBuild } from './builds/go.ts';
import { HOST_ROOTS } from './parts/pki.ts';
import { PROVISIONER } from './parts/minio.ts';
import { dockerHost } from './parts/docker.ts';
import { hasPrometheus } from './parts/monitoring.ts';
import type { Paths } from './paths.ts';
import type { Secrets } from './secrets.ts';
import { readVaultKeys } from './vault-client.ts';
import { writeSecretFile } from './write-file.ts';
import { toYaml } from './yaml.ts';
import type { YamlValue } from './yaml.ts';

/** What the config needs that is found out while the sandbox starts. */
export interface Found {
  /** Token of the portal's ServiceAccount; absent while there is no cluster. */
  token?: string;
  /** Path of the helm binary. */
  helm?: string;
  /** The portal's login to Vault; absent where it was never set up. */
  vault?: { roleId: string; secretId: string };
  /** Whether Prometheus was set up. */
  prometheus?: boolean;
}

/** Where Vault is; a platform uses it only when its provider is `vault`. */
const secretStores = ({ vault }: Found): YamlValue => ({
  provider: 'kubernetes',
  ...(vault
    ? { vault: { address: VAULT_URL, auth: { method: 'approle', ...vault } } }
    : {}),
});

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
    // Stored, not enforced. What policies would let through runs on the host.
    networkPolicy: {
      ingressCidrs: [`${NODE_IP}/32`],
      extraEgress: [
        {
          cidr: `${NODE_IP}/32`,
          ports: [PORTS.postgres, PORTS.minio, PORTS.keycloak],
        },
      ],
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
    secrets: secretStores(found),
    ...(found.prometheus ? { prometheus: { url: PROMETHEUS_URL } } : {}),
  };
}

/** Merged after the sandbox's config, it puts the secrets of new instances into Vault. */
export const VAULT_CONFIG: YamlValue = {
  mlflow: { platforms: { sandbox: { secrets: { provider: 'vault' } } } },
};

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
  const { roleId, secretId } = readVaultKeys(paths) ?? {};
  const found: Found = {
    token: existsSync(tokenFile) ? readFileSync(tokenFile, 'utf8') : undefined,
    helm: isBuilt(paths, kubernetesBuild)
      ? join(buildFolder(paths, kubernetesBuild), 'helm')
      : undefined,
    vault: roleId && secretId ? { roleId, secretId } : undefined,
    prometheus: hasPrometheus(paths),
  };
  const write = (file: string, document: YamlValue) =>
    writeSecretFile(file, `${HEADER}${toYaml(document).trimStart()}\n`);
  write(paths.config, configDocument(paths, secrets, found));
  write(paths.vaultConfig, VAULT_CONFIG);
}
