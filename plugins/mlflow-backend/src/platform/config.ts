import { isIP } from 'node:net';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { secretsConfig } from './secretsConfig';

const address = z.object({
  host: z.string(),
  port: z.number().int().default(5432),
});

const kubernetes = z.object({
  server: z.string().url().optional(),
  ca: z.string().optional(),
  token: z.string().optional(),
  inCluster: z.boolean().default(false),
  kubeconfig: z.string().optional(),
  context: z.string().optional(),
  namespace: z.string().default('backstage-mlflow'),
});

const ingress = z.object({
  className: z.string().default('traefik'),
  controller: z.literal('traefik').default('traefik'),
  entryPoint: z.string().default('websecure'),
  tlsSecret: z.string().optional(),
  trustedProxies: z.array(z.string()).default([]),
});

const chart = z
  .object({
    path: z.string().optional(),
    repository: z.string().optional(),
    helm: z.string().default('helm'),
  })
  .default({});

const image = z.object({
  mode: z.enum(['build', 'prebuilt']).default('build'),
  push: z.string().optional(),
  pull: z.string().optional(),
  registry: z.string().url().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  baseImage: z.string().default('python:3.13-slim-trixie'),
  build: z
    .object({
      dockerHost: z.string().optional(),
      networkMode: z.string().optional(),
      ca: z.string().optional(),
    })
    .default({}),
  prebuilt: z.record(z.string()).default({}),
});

const postgres = address.extend({
  user: z.string(),
  password: z.string(),
  sslMode: z.enum(['disable', 'verify-full']).default('verify-full'),
  inCluster: address.optional(),
});

const objectStore = z.object({
  type: z.enum(['minio', 'iam', 'given']).default('minio'),
  endpoint: z.string().url(),
  region: z.string().default('us-east-1'),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  inCluster: z.object({ endpoint: z.string().url() }).optional(),
});

const keycloak = z.object({
  url: z.string().url(),
  realm: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  inCluster: z.object({ url: z.string().url() }).optional(),
});

const addressRange = z.string().refine(text => {
  const [ip, length, ...rest] = text.split('/');
  const bits = { 4: 32, 6: 128 }[isIP(ip)];
  return (
    bits !== undefined &&
    rest.length === 0 &&
    /^\d{1,3}$/.test(length ?? '') &&
    Number(length) <= bits
  );
});

/** A range of addresses, or a namespace of the cluster. */
const peer = z
  .object({
    cidr: addressRange.optional(),
    namespace: z.string().optional(),
    ports: z.array(z.number().int().min(1).max(65535)).default([]),
  })
  .refine(
    described =>
      (described.cidr === undefined) !== (described.namespace === undefined),
  );

const networkPolicy = z
  .object({
    enabled: z.boolean().default(true),
    ingressNamespaces: z.array(z.string()).default(['traefik', 'kube-system']),
    ingressCidrs: z.array(addressRange).default([]),
    monitoringNamespaces: z.array(z.string()).optional(),
    clientNamespaces: z.array(z.string()).default([]),
    extraEgress: z.array(peer).default([]),
  })
  .default({});

const prometheus = z.object({
  url: z.string().url(),
  token: z.string().optional(),
  matchers: z
    .record(z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/), z.string())
    .default({}),
});

const platform = z.object({
  title: z.string().optional(),
  domains: z.array(z.string()).min(1),
  allowInsecureLines: z.boolean().default(false),
  ca: z.string().optional(),
  kubernetes,
  ingress: ingress.default({}),
  chart,
  image,
  postgres,
  objectStore,
  keycloak,
  secrets: secretsConfig,
  networkPolicy,
  monitoring: z
    .object({
      namespace: z.string().optional(),
      labels: z.record(z.string()).default({}),
    })
    .default({}),
  prometheus: prometheus.optional(),
});

/** One platform as app-config describes it; see `config.d.ts` for each key. */
export type PlatformConfig = z.infer<typeof platform> & {
  /** Key in `mlflow.platforms`. */
  name: string;
};

/** What one entry of `mlflow.platforms` turned out to be. */
export type PlatformConfigResult =
  | { name: string; config: PlatformConfig }
  | { name: string; error: Error };

/** What the entities, records and routes of a platform can bear as its name. */
const KEY = /^[a-z][a-z0-9]*(?:[-_:][a-z0-9]+)*$/i;

/**
 * Reads `mlflow.platforms`. A platform that is described wrongly comes back
 * with its reason and does not keep the others from working. Reasons name keys,
 * never values.
 *
 * @throws InputError when `mlflow.platforms` is no mapping
 */
export function readPlatformConfigs(root: Config): PlatformConfigResult[] {
  return Object.entries(readMapping(root)).map(([name, described]) => {
    if (!KEY.test(name)) {
      return {
        name,
        error: new InputError(
          `mlflow.platforms: "${name}" is no key for a platform. Begin it with a letter and use letters and digits, parted by -, _ or :.`,
        ),
      };
    }
    const parsed = platform.safeParse(described);
    if (parsed.success) {
      return { name, config: { ...parsed.data, name } };
    }
    const reasons = parsed.error.issues.map(
      issue =>
        `${['mlflow.platforms', name, ...issue.path].join('.')}: ${
          issue.code === 'invalid_type' ? issue.message : issue.code
        }`,
    );
    return { name, error: new InputError(reasons.join('; ')) };
  });
}

/** The whole at once, since a `Config` throws at the first key it dislikes. */
function readMapping(root: Config): Record<string, unknown> {
  const fault = 'mlflow.platforms must be a mapping from keys to platforms';
  let found: unknown;
  try {
    found = root.getOptional('mlflow.platforms');
  } catch (error) {
    throw new InputError(fault, error);
  }
  const parsed = z.record(z.unknown()).default({}).safeParse(found);
  if (!parsed.success) {
    throw new InputError(fault);
  }
  return parsed.data;
}
